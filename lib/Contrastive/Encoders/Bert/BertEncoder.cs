using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>
/// BERT (Devlin et al. 2019, "BERT: Pre-training of Deep Bidirectional Transformers"). Its parameters have the names of Hugging Face's
/// <c>BertModel</c>, so that weights can be exchanged, and its forward pass gives the same numbers.
/// </summary>
public sealed class BertEncoder : Module<Tensor, Tensor?, Tensor?, Tensor>
{
    private readonly BertEmbeddings _embeddings;
    private readonly BertLayers _encoder;
    private readonly Linear _pooler;

    /// <summary>Makes an encoder with random weights (normal, with <see cref="BertConfig.InitializerRange"/>), from torch's own generator.</summary>
    /// <exception cref="ArgumentException">The configuration makes no model.</exception>
    public BertEncoder(BertConfig config) : base(nameof(BertEncoder))
    {
        Config = config.Checked();
        register_module("embeddings", _embeddings = new BertEmbeddings(config));
        register_module("encoder", _encoder = new BertLayers(config));
        register_module("pooler", new BertDense(_pooler = Linear(config.HiddenSize, config.HiddenSize)));
        BertInitialization.Apply(this, config);
    }

    /// <summary>The sizes and settings.</summary>
    public BertConfig Config { get; }

    /// <summary>The word embedding <c>[V, H]</c>, which a language-model head shares.</summary>
    internal Parameter WordWeight => _embeddings.WordWeight;

    /// <summary>The last layer's hidden states.</summary>
    /// <param name="inputIds">Token ids, int64 <c>[B, T]</c>.</param>
    /// <param name="attentionMask">1 at tokens, 0 at padding, <c>[B, T]</c>; null where nothing is padding.</param>
    /// <param name="tokenTypeIds">0 in the first text, 1 in the second, <c>[B, T]</c>; null where there is one text.</param>
    /// <returns><c>[B, T, H]</c>.</returns>
    /// <exception cref="ArgumentException">The sequence is longer than the model allows, or an id is none of its tokens.</exception>
    public override Tensor forward(Tensor inputIds, Tensor? attentionMask = null, Tensor? tokenTypeIds = null)
    {
        using var scope = NewDisposeScope();
        return _encoder.call(Embed(inputIds, tokenTypeIds), Additive(attentionMask)).MoveToOuterDisposeScope();
    }

    /// <summary>The last layer's hidden states <c>[B, T, H]</c> of a batch.</summary>
    /// <exception cref="ArgumentException">The sequences are longer than the model allows, or an id is none of its tokens.</exception>
    public Tensor Encode(TokenBatch batch) => call(batch.InputIds, batch.HasPadding ? batch.AttentionMask : null, batch.TokenTypeIds);

    /// <summary>All hidden states of a batch: first the embeddings, then each layer's output, every one <c>[B, T, H]</c>.</summary>
    /// <exception cref="ArgumentException">The sequences are longer than the model allows, or an id is none of its tokens.</exception>
    public IReadOnlyList<Tensor> HiddenStates(TokenBatch batch)
    {
        using var scope = NewDisposeScope();
        var embedded = Embed(batch.InputIds, batch.TokenTypeIds);
        List<Tensor> states = [embedded, .. _encoder.Outputs(embedded, Additive(batch.HasPadding ? batch.AttentionMask : null))];
        states.ForEach(state => state.MoveToOuterDisposeScope());
        return states;
    }

    /// <summary>BERT's own head on the first token: a linear layer and tanh.</summary>
    /// <param name="hidden">Hidden states <c>[B, T, H]</c>.</param>
    /// <returns><c>[B, H]</c>.</returns>
    public Tensor Pool(Tensor hidden)
    {
        using var scope = NewDisposeScope();
        return _pooler.call(hidden.select(1, 0)).tanh_().MoveToOuterDisposeScope();
    }

    /// <summary>Draws the head's weights anew. SimCSE trains its head from nothing, whatever the weights it starts from.</summary>
    public void ResetPooler() => BertInitialization.Apply(_pooler, Config);

    /// <summary>
    /// Copies weights with Hugging Face's names into the encoder, with or without the prefix <c>bert.</c>, and with the names
    /// <c>gamma</c> and <c>beta</c> of the first release. The head may be missing; it then keeps the weights it has.
    /// </summary>
    /// <param name="names">The names that there are.</param>
    /// <param name="read">Gives the tensor of a name; it is disposed here.</param>
    /// <returns>The names that belong to no part of the encoder, such as those of a language-model head.</returns>
    /// <exception cref="InvalidDataException">A tensor is missing, of another shape, or belongs to a larger encoder.</exception>
    public IReadOnlyList<string> LoadWeights(IEnumerable<string> names, Func<string, Tensor> read) =>
        BertWeights.Load(this, names, read, prefix: "bert.", isOptional: name => name.StartsWith("pooler.", StringComparison.Ordinal));

    private Tensor Embed(Tensor inputIds, Tensor? tokenTypeIds)
    {
        BertInput.Check(inputIds, Config);
        return _embeddings.call(inputIds, tokenTypeIds ?? zeros_like(inputIds));
    }

    // 0 where there is a token, the most negative number where there is padding.
    private Tensor? Additive(Tensor? attentionMask)
    {
        if (attentionMask is null)
            return null;
        var type = WordWeight.dtype;
        var mask = attentionMask.to(type).sub_(1).mul_(finfo(type).max); // [B, T]
        return mask.unsqueeze(1).unsqueeze(1); // [B, 1, 1, T]
    }
}
