using Contrastive.Torch;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>Sentences to embeddings: a tokenizer, a BERT encoder and pooling.</summary>
public sealed class SentenceEncoder : Module<TokenBatch, Tensor>
{
    /// <summary>Combines the parts.</summary>
    /// <param name="bert">The encoder.</param>
    /// <param name="tokenizer">The tokenizer that belongs to it.</param>
    /// <param name="pooling">How tokens become a sentence embedding. <value>The default is <see cref="Pooling.Class"/>.</value></param>
    /// <param name="maxLength">Longer sentences are truncated to this many tokens. <value>The default is the most the encoder allows;
    /// SimCSE trains with 32.</value></param>
    /// <exception cref="ArgumentException">The vocabulary does not fit the encoder, or the length exceeds what it allows.</exception>
    public SentenceEncoder(BertEncoder bert, BertTokenizer tokenizer, Pooling pooling = Pooling.Class, int? maxLength = null) : base(nameof(SentenceEncoder))
    {
        if (tokenizer.VocabularySize > bert.Config.VocabularySize)
        {
            throw new ArgumentException(
                $"The tokenizer has {tokenizer.VocabularySize} tokens and the encoder {bert.Config.VocabularySize}; they belong to different models.", nameof(tokenizer));
        }
        Require.Between(maxLength ?? bert.Config.MaxPositions, 1, bert.Config.MaxPositions, "the tokens that the encoder allows", nameof(maxLength));
        Bert = bert;
        Tokenizer = tokenizer;
        Pooling = pooling;
        MaxLength = maxLength ?? bert.Config.MaxPositions;
        RegisterComponents();
    }

    /// <summary>The encoder.</summary>
    [field: ComponentName(Name = "bert")]
    public BertEncoder Bert { get; }

    /// <summary>The tokenizer.</summary>
    public BertTokenizer Tokenizer { get; }

    /// <summary>How tokens become a sentence embedding.</summary>
    public Pooling Pooling { get; }

    /// <summary>The maximum number of tokens of a sentence.</summary>
    public int MaxLength { get; }

    /// <summary>The width H of an embedding.</summary>
    public int FeatureCount => Bert.Config.HiddenSize;

    /// <summary>Sentences as a batch, truncated to <see cref="MaxLength"/>.</summary>
    public TokenBatch Tokenize(IReadOnlyList<string> sentences) => Tokenizer.Batch(sentences, MaxLength);

    /// <summary>The embeddings of a batch, with gradients and, in training mode, dropout.</summary>
    /// <param name="batch">Token sequences <c>[B, T]</c>.</param>
    /// <returns><c>[B, H]</c>; not normalized.</returns>
    public override Tensor forward(TokenBatch batch)
    {
        using var scope = NewDisposeScope();
        if (Pooling == Pooling.FirstLastMean)
        {
            var states = Bert.HiddenStates(batch);
            return Mean((states[1] + states[^1]).mul_(0.5), batch).MoveToOuterDisposeScope();
        }
        var hidden = Bert.Encode(batch); // [B, T, H]
        var embedding = Pooling switch
        {
            Pooling.Mean => Mean(hidden, batch),
            Pooling.ClassWithHead => Bert.Pool(hidden),
            Pooling.ClassWithTrainingHead when training => Bert.Pool(hidden),
            _ => hidden.select(1, 0).clone(),
        };
        return embedding.MoveToOuterDisposeScope();
    }

    /// <summary>The embeddings of any number of sentences, without gradients or dropout, in batches of similar length.</summary>
    /// <param name="sentences">At least one sentence.</param>
    /// <param name="batchSize">Sentences per batch. <value>The default is 64.</value></param>
    /// <returns><c>[N, H]</c>, one row per sentence in their order, on the encoder's device.</returns>
    /// <exception cref="ArgumentException">There is no sentence, or the batch size is below one.</exception>
    public Tensor Encode(IReadOnlyList<string> sentences, int batchSize = 64)
    {
        if (sentences.Count == 0)
            throw new ArgumentException("There is no sentence to encode.", nameof(sentences));
        Require.AtLeast(batchSize, 1);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var wasTraining = training;
        eval();
        try
        {
            var sequences = sentences.Select(sentence => Tokenizer.Encode(sentence, MaxLength)).ToArray();
            var order = Enumerable.Range(0, sequences.Length).OrderByDescending(i => sequences[i].Length).ToArray();
            var rows = order.Chunk(batchSize).Select(chunk => Embed([.. chunk.Select(i => sequences[i])])).ToArray();
            var places = new long[order.Length];
            for (var i = 0; i < order.Length; i++)
                places[order[i]] = i;
            return cat(rows, 0).index_select(0, tensor(places, device: rows[0].device)).MoveToOuterDisposeScope();
        }
        finally
        {
            train(wasTraining);
        }
    }

    private Tensor Embed(TokenSequence[] sequences)
    {
        using var scope = NewDisposeScope();
        var batch = TokenBatch.Pad(sequences, Tokenizer.PaddingId).To(Bert.WordWeight.device);
        return call(batch).MoveToOuterDisposeScope();
    }

    private static Tensor Mean(Tensor hidden, TokenBatch batch)
    {
        if (!batch.HasPadding)
            return hidden.mean([1]);
        var mask = batch.AttentionMask.to(hidden.dtype).unsqueeze(2); // [B, T, 1]
        return (hidden * mask).sum(dim: 1) / mask.sum(dim: 1);
    }
}
