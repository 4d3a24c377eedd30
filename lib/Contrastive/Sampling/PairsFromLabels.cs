using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>
/// Positive pairs from labels: each epoch every item that shares its label with another is an anchor once, in a new order, and its
/// positive is redrawn uniformly from the other items with its label. Two anchors of a batch may share a label: mask them with
/// <see cref="DuplicateMask"/> or use a loss that takes labels.
/// </summary>
public sealed class PairsFromLabels : BatchSampler<PairBatch>
{
    private readonly LabelGroups _groups;
    private readonly long[] _anchors;
    private readonly int _batchSize;

    /// <summary>Prepares batches of pairs; a smaller last batch is dropped.</summary>
    /// <param name="labels">The label of each item, int64 <c>[N]</c>; items that share their label with no other are left out.</param>
    /// <param name="batchSize">Pairs in a batch.</param>
    /// <param name="seed">The same seed gives the same batches.</param>
    /// <exception cref="ArgumentException">Fewer items than the batch size share a label, or the batch size is not above zero.</exception>
    public PairsFromLabels(Tensor labels, int batchSize, long seed)
        : this(new LabelGroups(labels), batchSize, seed)
    {
    }

    private PairsFromLabels(LabelGroups groups, int batchSize, long seed)
        : this(groups, [.. groups.Members.Order().Where(item => groups.SizeOf(groups.GroupOf[item]) > 1)], batchSize, seed)
    {
    }

    private PairsFromLabels(LabelGroups groups, long[] anchors, int batchSize, long seed)
        : base(Batches(anchors.Length, batchSize, dropLast: true, "items that share a label"), seed) =>
        (_groups, _anchors, _batchSize) = (groups, anchors, batchSize);

    /// <summary>How many items have a positive.</summary>
    public int AnchorCount => _anchors.Length;

    /// <inheritdoc/>
    protected internal override Func<int, PairBatch> Plan(int epoch)
    {
        var random = RandomFor(epoch);
        var anchors = (long[])_anchors.Clone();
        random.Shuffle(anchors);
        var positives = Array.ConvertAll(anchors, anchor => Partner(anchor, random));
        return position => new PairBatch(
            Indices(anchors.AsSpan(position * _batchSize, _batchSize)), Indices(positives.AsSpan(position * _batchSize, _batchSize)));
    }

    /// <summary>Another member of the anchor's class: members are sorted, so stepping over the anchor keeps the draw uniform.</summary>
    private long Partner(long anchor, Random random)
    {
        var group = _groups.GroupOf[anchor];
        var drawn = _groups.Members[_groups.Starts[group] + random.Next(_groups.SizeOf(group) - 1)];
        return drawn < anchor ? drawn : _groups.Members[Array.BinarySearch(_groups.Members, _groups.Starts[group], _groups.SizeOf(group), drawn) + 1];
    }
}
