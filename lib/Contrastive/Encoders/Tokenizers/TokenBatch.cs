using static TorchSharp.torch;

namespace Contrastive.Encoders;

/// <summary>A batch of token sequences, padded on the right to the longest of them. Disposing it disposes its tensors.</summary>
/// <param name="InputIds">Token ids, int64 <c>[B, T]</c>.</param>
/// <param name="AttentionMask">1 at tokens and 0 at padding, int64 <c>[B, T]</c>.</param>
/// <param name="TokenTypeIds">0 in the first text and at padding, 1 in the second, int64 <c>[B, T]</c>.</param>
public sealed record TokenBatch(Tensor InputIds, Tensor AttentionMask, Tensor TokenTypeIds) : IDisposable
{
    /// <summary>The number of sequences B.</summary>
    public int Count => (int)InputIds.size(0);

    /// <summary>The padded length T.</summary>
    public int Length => (int)InputIds.size(1);

    /// <summary>Whether any row may have padding; where none has, attention needs no mask.</summary>
    public bool HasPadding { get; init; } = true;

    /// <summary>Pads sequences into one batch.</summary>
    /// <param name="sequences">At least one sequence.</param>
    /// <param name="paddingId">The id that pads the rows.</param>
    /// <param name="padTo">The length T; the default is that of the longest sequence.</param>
    /// <exception cref="ArgumentException">There is no sequence, or one is longer than <paramref name="padTo"/>.</exception>
    public static TokenBatch Pad(IReadOnlyList<TokenSequence> sequences, int paddingId, int? padTo = null)
    {
        if (sequences.Count == 0)
            throw new ArgumentException("A batch needs at least one sequence; there is none.", nameof(sequences));
        var longest = sequences.Max(sequence => sequence.Length);
        if (longest > padTo)
            throw new ArgumentException($"A sequence of {longest} tokens does not fit in padTo = {padTo}; truncate it with maxLength.", nameof(padTo));
        var length = padTo ?? longest;
        var ids = new long[sequences.Count * length];
        var mask = new long[ids.Length];
        var types = new long[ids.Length];
        Array.Fill(ids, paddingId);
        for (var row = 0; row < sequences.Count; row++)
        {
            for (var i = 0; i < sequences[row].Length; i++)
            {
                ids[row * length + i] = sequences[row].Ids[i];
                mask[row * length + i] = 1;
                types[row * length + i] = sequences[row].Types[i];
            }
        }
        var shape = new long[] { sequences.Count, length };
        return new TokenBatch(tensor(ids, shape), tensor(mask, shape), tensor(types, shape)) { HasPadding = Array.IndexOf(mask, 0L) >= 0 };
    }

    /// <summary>The same batch on another device.</summary>
    public TokenBatch To(Device device) => new(InputIds.to(device), AttentionMask.to(device), TokenTypeIds.to(device)) { HasPadding = HasPadding };

    /// <inheritdoc/>
    public void Dispose()
    {
        InputIds.Dispose();
        AttentionMask.Dispose();
        TokenTypeIds.Dispose();
    }
}

/// <summary>One text, or a pair of texts, as a model reads it: with its special tokens, without padding.</summary>
/// <param name="Ids">The token ids.</param>
/// <param name="Types">For each token the text it belongs to: 0 for the first, 1 for the second of a pair.</param>
public sealed record TokenSequence(IReadOnlyList<int> Ids, IReadOnlyList<int> Types)
{
    /// <summary>The number of tokens, special tokens included.</summary>
    public int Length => Ids.Count;
}
