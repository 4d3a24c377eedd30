using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>
/// BERT with its head for masked tokens (Devlin et al. 2019, section 3.1, task 1). The head's last layer is the word embedding itself.
/// Names as those of Hugging Face's <c>BertForMaskedLM</c>.
/// </summary>
public sealed class BertMaskedLanguageModel : Module<Tensor, Tensor>
{
    private readonly Linear _dense;
    private readonly LayerNorm _normalization;

    /// <summary>Puts a new head on an encoder, which is trained along and stays usable for itself.</summary>
    public BertMaskedLanguageModel(BertEncoder encoder) : base(nameof(BertMaskedLanguageModel))
    {
        Encoder = encoder;
        var config = encoder.Config;
        _dense = Linear(config.HiddenSize, config.HiddenSize);
        _normalization = LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        BertInitialization.Apply(_dense, config);
        register_module("bert", encoder);
        register_module("cls", new BertPredictions(_dense, _normalization, Parameter(zeros(config.VocabularySize))));
    }

    /// <summary>The encoder under the head.</summary>
    public BertEncoder Encoder { get; }

    /// <summary>The logits of every token of the vocabulary.</summary>
    /// <param name="hidden">Hidden states <c>[..., H]</c>.</param>
    /// <returns><c>[..., V]</c>.</returns>
    public override Tensor forward(Tensor hidden)
    {
        using var scope = NewDisposeScope();
        var transformed = _normalization.call(functional.gelu(_dense.call(hidden)));
        // Asked for anew each time: moving the model to another device or type makes another parameter.
        var bias = get_parameter("cls.predictions.bias")!;
        return functional.linear(transformed, Encoder.WordWeight, bias).MoveToOuterDisposeScope();
    }

    /// <summary>The mean cross-entropy of the masked tokens: <c>−mean ln p(token | the masked text)</c>.</summary>
    /// <param name="inputIds">Masked token ids <c>[B, T]</c>.</param>
    /// <param name="attentionMask">1 at tokens, 0 at padding, <c>[B, T]</c>, or null.</param>
    /// <param name="labels">The right id where a token is asked for, −100 elsewhere, <c>[B, T]</c>.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="ArgumentException">No token is asked for.</exception>
    public Tensor Loss(Tensor inputIds, Tensor? attentionMask, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var asked = labels.flatten().ne(-100).nonzero().squeeze(1); // [M]
        if (asked.numel() == 0)
            throw new ArgumentException("labels ask for no token: all are -100.", nameof(labels));
        var hidden = Encoder.call(inputIds, attentionMask, null).flatten(0, 1).index_select(0, asked); // [M, H]: only these need logits
        return functional.cross_entropy(call(hidden), labels.flatten().index_select(0, asked)).MoveToOuterDisposeScope();
    }

    /// <summary>Copies weights with Hugging Face's names into the encoder and the head.</summary>
    /// <returns>The names that belong to neither, such as those of the next-sentence head.</returns>
    /// <exception cref="InvalidDataException">A tensor is missing or of another shape.</exception>
    public IReadOnlyList<string> LoadWeights(IEnumerable<string> names, Func<string, Tensor> read)
    {
        var all = names.ToList();
        // The head may go on under its own names while the encoder's have lost their prefix, and its last layer is not its own.
        Encoder.LoadWeights(all, read);
        var head = all.Where(name => name.StartsWith("cls.predictions.", StringComparison.Ordinal)
            && !name.StartsWith("cls.predictions.decoder.", StringComparison.Ordinal)).ToList();
        BertWeights.Load(named_children().Single(child => child.name == "cls").module, head, read, prefix: "cls.", isOptional: _ => false);
        return [.. all.Where(name => name.StartsWith("cls.", StringComparison.Ordinal) && !name.StartsWith("cls.predictions.", StringComparison.Ordinal))];
    }
}
