using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Encoders;

/// <summary>BERT as an encoder of sentences: from its tokens' hidden states to one embedding.</summary>
internal static class BertPooling
{
    /// <summary>The embeddings <c>[B, H]</c> of a batch.</summary>
    public static Tensor Embed(BertEncoder bert, TokenBatch batch, Pooling pooling)
    {
        using var scope = NewDisposeScope();
        if (pooling == Pooling.FirstLastMean)
        {
            var states = bert.HiddenStates(batch);
            return Mean((states[1] + states[^1]).mul_(0.5), batch).MoveToOuterDisposeScope();
        }

        var hidden = bert.Encode(batch); // [B, T, H]
        var embedding = pooling switch
        {
            Pooling.Mean => Mean(hidden, batch),
            Pooling.ClassWithHead => bert.Pool(hidden),
            Pooling.ClassWithTrainingHead when bert.training => bert.Pool(hidden),
            _ => hidden.select(1, 0).clone(),
        };
        return embedding.MoveToOuterDisposeScope();
    }

    /// <exception cref="ArgumentException">The tokenizer has ids that the encoder does not know.</exception>
    public static BertTokenizer Fitting(BertTokenizer tokenizer, BertEncoder bert) => tokenizer.VocabularySize <= bert.Config.VocabularySize
        ? tokenizer
        : throw new ArgumentException(
            $"The tokenizer has {tokenizer.VocabularySize} tokens and the encoder {bert.Config.VocabularySize}; they belong to different models.", nameof(tokenizer));

    /// <exception cref="ArgumentOutOfRangeException">The encoder allows no sequence of that length.</exception>
    public static int Fitting(int? maxLength, BertEncoder bert) =>
        Require.Between(maxLength ?? bert.Config.MaxPositions, 1, bert.Config.MaxPositions, "the tokens that the encoder allows", nameof(maxLength));

    private static Tensor Mean(Tensor hidden, TokenBatch batch)
    {
        if (!batch.HasPadding)
            return hidden.mean([1]);
        var mask = batch.AttentionMask.to(hidden.dtype).unsqueeze(2); // [B, T, 1]
        return (hidden * mask).sum(dim: 1) / mask.sum(dim: 1);
    }
}
