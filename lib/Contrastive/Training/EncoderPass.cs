using Contrastive.Encoders;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Training;

/// <summary>One input of a contrastive loss, as <see cref="GradCache"/> needs it: rows that can be encoded a few at a time.</summary>
/// <param name="Encode">Encodes the rows from start on, count of them, to <c>[count, D]</c>. The same rows must give the same embeddings
/// each time, given the same random state.</param>
/// <param name="Count">The number of rows.</param>
public sealed record EncoderPass(Func<long, long, Tensor> Encode, long Count)
{
    /// <summary>The pass's own chunks and the order it encodes its rows in; or null.</summary>
    internal TokenChunks? Chunks { get; private init; }

    /// <summary>Encodes a tensor's rows with a module.</summary>
    /// <param name="encoder">The encoder, with its head.</param>
    /// <param name="inputs"><c>[N, …]</c>.</param>
    public static EncoderPass Of(nn.Module<Tensor, Tensor> encoder, Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(inputs);
        return new EncoderPass((start, count) => encoder.call(inputs.narrow(0, start, count)), inputs.size(0));
    }

    /// <summary>
    /// Encodes texts of different lengths in chunks of their own: sorted by length and cut so that the rows of a chunk times its longest
    /// text are at most a budget of tokens. The loss gets the embeddings in the order of the sequences.
    /// </summary>
    /// <param name="encoder">From a batch of token sequences <c>[B, T]</c> to embeddings <c>[B, D]</c>, such as a
    /// <see cref="SentenceEncoder"/>. Batches are made on the device of its parameters.</param>
    /// <param name="sequences">N texts, each with at least one token.</param>
    /// <param name="tokenBudget">The most tokens of a chunk, padding included; a longer text is a chunk of its own.</param>
    /// <param name="paddingId">The id that pads the rows.</param>
    /// <exception cref="ArgumentException">A sequence has no token.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The budget is below one.</exception>
    public static EncoderPass OfTokens(nn.Module<TokenBatch, Tensor> encoder, IReadOnlyList<TokenSequence> sequences, int tokenBudget, int paddingId)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(sequences);
        Require.AtLeast(tokenBudget, 1);
        int[] lengths = [.. sequences.Select(sequence => sequence.Length)];
        if (Array.IndexOf(lengths, 0) is var empty and >= 0)
            throw new ArgumentException($"sequences[{empty}] has no token; leave the text out, or use a tokenizer that puts special tokens around it.", nameof(sequences));
        var chunks = new TokenChunks(lengths, tokenBudget);
        return new EncoderPass(Embed, sequences.Count) { Chunks = chunks };

        Tensor Embed(long start, long count)
        {
            using var scope = NewDisposeScope();
            var rows = chunks.Order.Skip((int)start).Take((int)count).Select(index => sequences[index]);
            var batch = TokenBatch.Pad([.. rows], paddingId).To(encoder.parameters().FirstOrDefault()?.device ?? CPU);
            return encoder.call(batch).MoveToOuterDisposeScope(); // [count, D]
        }
    }
}
