using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>
/// BERT (Devlin et al. 2019, "BERT: Pre-training of Deep Bidirectional Transformers"). Its parameters have the names of Hugging Face's
/// <c>BertModel</c>, so that weights can be exchanged, and its forward pass gives the same values.
/// </summary>
public sealed class BertEncoder : Module<Tensor, Tensor?, Tensor?, Tensor>
{
    private static readonly string[] DprPrefixes = ["question_encoder.bert_model.", "ctx_encoder.bert_model."];

    [ComponentName(Name = "embeddings")]
    private readonly BertEmbeddings _embeddings;

    [ComponentName(Name = "encoder")]
    private readonly BertLayers _encoder;

    [ComponentName(Name = "pooler")]
    private readonly BertDense _pooler;

    /// <summary>Makes an encoder with random weights (normal, with <see cref="BertConfig.InitializerRange"/>), from torch's default
    /// generator.</summary>
    /// <exception cref="ArgumentException">The configuration is invalid.</exception>
    public BertEncoder(BertConfig config) : base(nameof(BertEncoder))
    {
        Config = config.Checked();
        _embeddings = new BertEmbeddings(config);
        _encoder = new BertLayers(config);
        _pooler = new BertDense(config.HiddenSize, config.HiddenSize);
        RegisterComponents();
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
    /// <returns><c>[B, T, H]</c>; the values at padding are meaningless.</returns>
    /// <exception cref="ArgumentException">The sequence is longer than the model allows, or an id is not in its vocabulary.</exception>
    public override Tensor forward(Tensor inputIds, Tensor? attentionMask = null, Tensor? tokenTypeIds = null)
    {
        using var scope = NewDisposeScope();
        var rows = Rows(inputIds, attentionMask);
        return rows.Whole(_encoder.call(Embed(inputIds, tokenTypeIds, rows), rows)).MoveToOuterDisposeScope();
    }

    /// <summary>The last layer's hidden states <c>[B, T, H]</c> of a batch.</summary>
    /// <exception cref="ArgumentException">The sequences are longer than the model allows, or an id is not in its vocabulary.</exception>
    public Tensor Encode(TokenBatch batch) => call(batch.InputIds, batch.HasPadding ? batch.AttentionMask : null, batch.TokenTypeIds);

    /// <summary>All hidden states of a batch: first the embeddings, then each layer's output, each <c>[B, T, H]</c>.</summary>
    /// <exception cref="ArgumentException">The sequences are longer than the model allows, or an id is not in its vocabulary.</exception>
    public IReadOnlyList<Tensor> HiddenStates(TokenBatch batch)
    {
        using var scope = NewDisposeScope();
        var rows = Rows(batch.InputIds, batch.HasPadding ? batch.AttentionMask : null);
        var embedded = Embed(batch.InputIds, batch.TokenTypeIds, rows);
        Tensor[] states = [embedded, .. _encoder.Outputs(embedded, rows)];
        return Array.ConvertAll(states, state => rows.Whole(state).MoveToOuterDisposeScope());
    }

    /// <summary>BERT's pooler, its head on the first token: a linear layer and tanh.</summary>
    /// <param name="hidden">Hidden states <c>[B, T, H]</c>.</param>
    /// <returns><c>[B, H]</c>.</returns>
    public Tensor Pool(Tensor hidden)
    {
        using var scope = NewDisposeScope();
        return _pooler.call(hidden.select(1, 0)).tanh_().MoveToOuterDisposeScope();
    }

    /// <summary>Reinitializes the head's weights. SimCSE trains its head from scratch, whatever weights the encoder starts from.</summary>
    public void ResetPooler() => BertInitialization.Apply(_pooler, Config);

    /// <summary>
    /// Copies weights with Hugging Face's names into the encoder, with or without the prefix <c>bert.</c> or that of DPR's models
    /// (<c>question_encoder.bert_model.</c>, <c>ctx_encoder.bert_model.</c>), and with the names <c>gamma</c> and <c>beta</c> of the first
    /// release. The head may be missing; it then keeps the weights it has.
    /// </summary>
    /// <param name="names">The available names.</param>
    /// <param name="read">Returns the tensor of a name; it is disposed here.</param>
    /// <returns>The names that belong to no part of the encoder, such as those of a language-model head.</returns>
    /// <exception cref="InvalidDataException">A tensor is missing, of another shape, or belongs to a larger encoder.</exception>
    public IReadOnlyList<string> LoadWeights(IEnumerable<string> names, Func<string, Tensor> read)
    {
        string[] all = [.. names];
        var prefix = Array.Find(DprPrefixes, known => Array.Exists(all, name => name.StartsWith(known, StringComparison.Ordinal))) ?? "bert.";
        return BertWeights.Load(this, all, read, prefix, isOptional: name => name.StartsWith("pooler.", StringComparison.Ordinal));
    }

    private TokenRows Rows(Tensor inputIds, Tensor? attentionMask)
    {
        TokenInput.Check(inputIds, Config.MaxPositions, Config.VocabularySize);
        return new TokenRows(attentionMask, inputIds.size(0), inputIds.size(1), WordWeight.dtype);
    }

    private Tensor Embed(Tensor inputIds, Tensor? tokenTypeIds, TokenRows rows) => _embeddings.call(inputIds, tokenTypeIds ?? zeros_like(inputIds), rows);
}
