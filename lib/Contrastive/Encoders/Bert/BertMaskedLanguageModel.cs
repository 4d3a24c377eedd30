using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>
/// BERT with its masked-language-model head (Devlin et al. 2019, section 3.1, task 1). The head's last layer is tied to the word
/// embedding. The names are those of Hugging Face's <c>BertForMaskedLM</c>.
/// </summary>
public sealed class BertMaskedLanguageModel : Module<Tensor, Tensor>
{
    [ComponentName(Name = "cls")]
    private readonly BertPredictions _head;

    /// <summary>Puts a new head on an encoder, which is trained with it and stays usable on its own.</summary>
    public BertMaskedLanguageModel(BertEncoder encoder) : base(nameof(BertMaskedLanguageModel))
    {
        Encoder = encoder;
        _head = new BertPredictions(encoder.Config);
        BertInitialization.Apply(_head, encoder.Config);
        RegisterComponents();
    }

    /// <summary>The encoder under the head.</summary>
    [field: ComponentName(Name = "bert")]
    public BertEncoder Encoder { get; }

    /// <summary>The logits of every token of the vocabulary.</summary>
    /// <param name="hidden">Hidden states <c>[..., H]</c>.</param>
    /// <returns><c>[..., V]</c>.</returns>
    public override Tensor forward(Tensor hidden) => _head.call(hidden, Encoder.WordWeight);

    /// <summary>The mean cross-entropy of the masked tokens: <c>−mean ln p(token | the masked text)</c>.</summary>
    /// <param name="inputIds">Masked token ids <c>[B, T]</c>.</param>
    /// <param name="attentionMask">1 at tokens, 0 at padding, <c>[B, T]</c>, or null.</param>
    /// <param name="labels">The original id where a token is to be predicted, −100 (cross-entropy's ignore index) elsewhere,
    /// <c>[B, T]</c>.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="ArgumentException">No token is to be predicted.</exception>
    public Tensor Loss(Tensor inputIds, Tensor? attentionMask, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var predicted = labels.flatten().ne(-100).nonzero().squeeze(1); // [M]
        if (predicted.numel() == 0)
            throw new ArgumentException("labels has no token to predict: all are -100.", nameof(labels));
        var hidden = Encoder.call(inputIds, attentionMask, null).flatten(0, 1).index_select(0, predicted); // [M, H]: only these need logits
        return functional.cross_entropy(call(hidden), labels.flatten().index_select(0, predicted)).MoveToOuterDisposeScope();
    }

    /// <summary>Copies weights with Hugging Face's names into the encoder and the head.</summary>
    /// <returns>The names that belong to neither, such as those of the next-sentence head.</returns>
    /// <exception cref="InvalidDataException">A tensor is missing or of another shape.</exception>
    public IReadOnlyList<string> LoadWeights(IEnumerable<string> names, Func<string, Tensor> read)
    {
        var all = names.ToList();
        // The head may keep its prefix where the encoder's names have lost theirs, and its last layer's weight is not its own.
        Encoder.LoadWeights(all, read);
        var head = all.Where(name => name.StartsWith("cls.predictions.", StringComparison.Ordinal)
            && !name.StartsWith("cls.predictions.decoder.", StringComparison.Ordinal)).ToList();
        BertWeights.Load(_head, head, read, prefix: "cls.", isOptional: _ => false);
        return [.. all.Where(name => name.StartsWith("cls.", StringComparison.Ordinal) && !name.StartsWith("cls.predictions.", StringComparison.Ordinal))];
    }
}
