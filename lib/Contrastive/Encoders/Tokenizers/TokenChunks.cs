namespace Contrastive.Encoders;

/// <summary>
/// Token sequences of any lengths in chunks whose padded size, rows times the longest of them, is at most a budget of tokens. The
/// sequences are sorted by length, so that there is little padding, and the longest come first, so that the largest chunk fails first
/// where memory is short. A sequence that is longer than the budget is a chunk of its own.
/// </summary>
internal sealed class TokenChunks
{
    /// <param name="lengths">The number of tokens of each sequence, at least one.</param>
    /// <param name="tokenBudget">The most tokens of a chunk, padding included, at least one.</param>
    public TokenChunks(IReadOnlyList<int> lengths, int tokenBudget)
    {
        Order = [.. Enumerable.Range(0, lengths.Count).OrderByDescending(index => lengths[index])];
        Places = new long[Order.Count];
        foreach (var (place, index) in Order.Index())
            Places[index] = place;
        var bounds = new List<(long, long)>();
        for (var start = 0; start < Order.Count;)
        {
            var count = Math.Min(Math.Max(1, tokenBudget / lengths[Order[start]]), Order.Count - start);
            bounds.Add((start, count));
            start += count;
        }

        Bounds = bounds;
    }

    /// <summary>The sequences by falling length; equally long ones in their order.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>Where each sequence is in <see cref="Order"/>.</summary>
    public long[] Places { get; }

    /// <summary>The chunks, as parts of <see cref="Order"/>.</summary>
    public IReadOnlyList<(long Start, long Count)> Bounds { get; }
}
