using Contrastive.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>
/// Sentences to embeddings: a text encoder, which turns token sequences into one vector each, with the tokenizer that it was trained
/// with. BERT becomes one by pooling; any other module from a <see cref="TokenBatch"/> to <c>[B, H]</c> is one as it is.
/// </summary>
/// <remarks>Its parameters, also in checkpoints, are the encoder's under the prefix <c>encoder.</c>, those of BERT under
/// <c>bert.</c>.</remarks>
public sealed class SentenceEncoder : Module<TokenBatch, Tensor>
{
    private readonly Func<TokenBatch, Tensor> _embed;

    // In an array, so that TorchSharp does not register it a second time, by the field's name.
    private readonly Module[] _encoder;

    /// <summary>Combines a text encoder with its tokenizer.</summary>
    /// <param name="encoder">From a batch of token sequences <c>[B, T]</c> to embeddings <c>[B, H]</c>. This module owns it from now
    /// on.</param>
    /// <param name="tokenizer">The tokenizer that belongs to it.</param>
    /// <param name="featureCount">H, the width of an embedding.</param>
    /// <param name="maxLength">Longer sentences are truncated to this many tokens, special tokens included. <value>CLIP allows 77, DPR
    /// 256 for its passages.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public SentenceEncoder(Module<TokenBatch, Tensor> encoder, TextTokenizer tokenizer, int featureCount, int maxLength)
        : this("encoder", encoder, batch => encoder.call(batch), tokenizer, featureCount, maxLength)
    {
    }

    /// <summary>Combines BERT, a pooling and BERT's tokenizer.</summary>
    /// <param name="bert">The encoder.</param>
    /// <param name="tokenizer">The tokenizer that belongs to it.</param>
    /// <param name="pooling">How tokens become a sentence embedding. <value>The default is <see cref="Encoders.Pooling.Class"/>.</value></param>
    /// <param name="maxLength">Longer sentences are truncated to this many tokens. <value>The default is the most the encoder allows;
    /// SimCSE trains with 32.</value></param>
    /// <exception cref="ArgumentException">The vocabulary does not fit the encoder, or the length exceeds what it allows.</exception>
    public SentenceEncoder(BertEncoder bert, BertTokenizer tokenizer, Pooling pooling = Encoders.Pooling.Class, int? maxLength = null)
        : this(
            "bert", bert, batch => BertPooling.Embed(bert, batch, pooling), BertPooling.Fitting(tokenizer, bert), bert.Config.HiddenSize,
            BertPooling.Fitting(maxLength, bert)) => Pooling = Require.Defined(pooling);

    private SentenceEncoder(string name, Module part, Func<TokenBatch, Tensor> embed, TextTokenizer tokenizer, int featureCount, int maxLength)
        : base(nameof(SentenceEncoder))
    {
        ArgumentNullException.ThrowIfNull(part, name);
        ArgumentNullException.ThrowIfNull(tokenizer);
        (_embed, _encoder, Tokenizer) = (embed, [part], tokenizer);
        (FeatureCount, MaxLength) = (Require.AtLeast(featureCount, 1), Require.AtLeast(maxLength, 1));
        register_module(name, part);
    }

    /// <summary>The text encoder that it was made of.</summary>
    public Module Encoder => _encoder[0];

    /// <summary>The BERT that it was made of.</summary>
    /// <exception cref="InvalidOperationException">It was made of another text encoder.</exception>
    public BertEncoder Bert => Encoder as BertEncoder
        ?? throw new InvalidOperationException($"This sentence encoder was made of a {Encoder.GetType().Name}, not of a {nameof(BertEncoder)}; use {nameof(Encoder)}.");

    /// <summary>The tokenizer.</summary>
    public TextTokenizer Tokenizer { get; }

    /// <summary>How BERT's tokens become an embedding; null for another text encoder, which pools by itself.</summary>
    public Pooling? Pooling { get; }

    /// <summary>The maximum number of tokens of a sentence.</summary>
    public int MaxLength { get; }

    /// <summary>The width H of an embedding.</summary>
    public int FeatureCount { get; }

    /// <summary>Sentences as a batch, truncated to <see cref="MaxLength"/>.</summary>
    /// <exception cref="ArgumentException">There is no sentence, or one has no token.</exception>
    public TokenBatch Tokenize(IReadOnlyList<string> sentences) => TokenBatch.Pad(Sequences(sentences), Tokenizer.PaddingId);

    /// <summary>The embeddings of a batch, with gradients and, in training mode, dropout.</summary>
    /// <param name="batch">Token sequences <c>[B, T]</c>, on the encoder's device.</param>
    /// <returns><c>[B, H]</c>; not normalized.</returns>
    /// <exception cref="ArgumentException">The encoder returned something else.</exception>
    public override Tensor forward(TokenBatch batch)
    {
        using var scope = NewDisposeScope();
        var embeddings = _embed(batch);
        Require.Shape(embeddings, Require.Sized("float", batch.Count, FeatureCount), $"what {Encoder.GetType().Name} returns: one row for each sentence");
        return embeddings.MoveToOuterDisposeScope();
    }

    /// <summary>The embeddings of any number of sentences, without gradients or dropout, in batches of similar length.</summary>
    /// <param name="sentences">At least one sentence.</param>
    /// <param name="batchSize">Sentences per batch. <value>The default is 64.</value></param>
    /// <returns><c>[N, H]</c>, one row per sentence in their order, on the device of the encoder's parameters.</returns>
    /// <exception cref="ArgumentException">There is no sentence, one has no token, or the batch size is below one.</exception>
    public Tensor Encode(IReadOnlyList<string> sentences, int batchSize = 64)
    {
        if (sentences.Count == 0)
            throw new ArgumentException("There is no sentence to encode.", nameof(sentences));
        Require.AtLeast(batchSize, 1);
        return EncodeSequences(Sequences(sentences), batchSize);
    }

    /// <summary>The same of sentences that are tokenized already, so that what is encoded many times is tokenized once.</summary>
    /// <param name="sequences">At least one sequence, as <see cref="Tokenizer"/> or <see cref="DualEncoder"/> makes them.</param>
    /// <param name="batchSize">Sequences per batch. <value>The default is 64.</value></param>
    /// <returns><c>[N, H]</c>, one row per sequence in their order, on the device of the encoder's parameters.</returns>
    /// <exception cref="ArgumentException">There is no sequence, one has no token, or the batch size is below one.</exception>
    public Tensor EncodeSequences(IReadOnlyList<TokenSequence> sequences, int batchSize = 64)
    {
        if (sequences.Count == 0)
            throw new ArgumentException("There is no sequence to encode.", nameof(sequences));
        Require.AtLeast(batchSize, 1);
        var empty = sequences.Select((sequence, index) => (sequence, index)).FirstOrDefault(entry => entry.sequence.Length == 0, (null!, -1)).index;
        if (empty >= 0)
            throw new ArgumentException($"sequences[{empty}] has no token; leave it out.", nameof(sequences));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var mode = new EvaluationMode(this);
        var device = parameters().FirstOrDefault()?.device ?? CPU;
        var order = Enumerable.Range(0, sequences.Count).OrderByDescending(i => sequences[i].Length).ToArray();
        var rows = order.Chunk(batchSize).Select(chunk => Embed([.. chunk.Select(i => sequences[i])], device)).ToArray();
        var places = new long[order.Length];
        for (var i = 0; i < order.Length; i++)
            places[order[i]] = i;
        return cat(rows, 0).index_select(0, tensor(places, device: rows[0].device)).MoveToOuterDisposeScope(); // [N, H]
    }

    /// <summary>A text without a token has no embedding: to attend to nothing, or the mean of nothing, is not a number.</summary>
    private TokenSequence[] Sequences(IReadOnlyList<string> sentences)
    {
        TokenSequence[] sequences = [.. sentences.Select(sentence => Tokenizer.Encode(sentence, MaxLength))];
        var empty = Array.FindIndex(sequences, sequence => sequence.Length == 0);
        return empty < 0
            ? sequences
            : throw new ArgumentException(
                $"sentences[{empty}], '{sentences[empty]}', has no token; leave it out, or use a tokenizer that puts special tokens around a text.", nameof(sentences));
    }

    private Tensor Embed(TokenSequence[] sequences, Device device)
    {
        using var scope = NewDisposeScope();
        var batch = TokenBatch.Pad(sequences, Tokenizer.PaddingId).To(device);
        return call(batch).MoveToOuterDisposeScope();
    }
}
