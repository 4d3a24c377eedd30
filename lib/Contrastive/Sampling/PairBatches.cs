using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>
/// Batches of positive pairs drawn by weight, with replacement, either member being the anchor: for pairs from weak signals
/// (<see cref="CoOccurrence"/>, <see cref="SharedTags"/>). An item may occur twice in a batch: mask it with <see cref="DuplicateMask"/>.
/// </summary>
public sealed class PairBatches : BatchSampler<PairBatch>
{
    private readonly WeightedPairs _pairs;
    private readonly AliasTable _table;
    private readonly int _batchSize;

    /// <summary>Prepares batches; an epoch draws as many pairs as there are, in full batches.</summary>
    /// <param name="pairs">What to draw from.</param>
    /// <param name="batchSize">Pairs in a batch, at most as many as there are.</param>
    /// <param name="seed">The same seed gives the same batches.</param>
    /// <exception cref="ArgumentException">The batch size is not above zero or exceeds the number of pairs.</exception>
    public PairBatches(WeightedPairs pairs, int batchSize, long seed)
        : base(Batches((pairs ?? throw new ArgumentNullException(nameof(pairs))).Count, batchSize, dropLast: true, "pairs"), seed)
    {
        (_pairs, _batchSize) = (pairs, batchSize);
        _table = new AliasTable([.. Enumerable.Range(0, pairs.Count).Select(index => pairs[index].Weight)]);
    }

    /// <inheritdoc/>
    protected internal override Func<int, PairBatch> Plan(int epoch)
    {
        var random = RandomFor(epoch);
        var (anchors, positives) = (new long[BatchesPerEpoch * _batchSize], new long[BatchesPerEpoch * _batchSize]);
        for (var i = 0; i < anchors.Length; i++)
        {
            var (first, second, _) = _pairs[_table.Draw(random)];
            (anchors[i], positives[i]) = random.Next(2) == 0 ? (first, second) : (second, first);
        }

        return position => new PairBatch(
            Indices(anchors.AsSpan(position * _batchSize, _batchSize)), Indices(positives.AsSpan(position * _batchSize, _batchSize)));
    }
}

/// <summary>A batch of positive pairs: item <c>Positives[i]</c> is a positive of item <c>Anchors[i]</c>.</summary>
/// <param name="Anchors">int64 <c>[B]</c>.</param>
/// <param name="Positives">int64 <c>[B]</c>.</param>
public readonly record struct PairBatch(Tensor Anchors, Tensor Positives) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Anchors.Dispose();
        Positives.Dispose();
    }
}
