using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>
/// P × K batches: P different classes with K items of each, so that every anchor has K − 1 positives and (P − 1) · K negatives
/// (Schroff et al. 2015; Hermans et al. 2017). Classes are dealt from a shuffled deck, and so are the items of each class, so that all
/// classes occur equally often, whatever their sizes: rare ones are seen more often than in the data.
/// </summary>
public sealed class BalancedBatches : BatchSampler<Tensor>
{
    private readonly LabelGroups _groups;
    private readonly int _classes;
    private readonly int _items;

    /// <summary>Prepares batches; an epoch has as many as hold N items in total.</summary>
    /// <param name="labels">The class of each item, int64 <c>[N]</c>.</param>
    /// <param name="classesPerBatch">P, at least 2 (with one class there is no negative).</param>
    /// <param name="itemsPerClass">K, at least 2 (with one item there is no positive).</param>
    /// <param name="seed">The same seed gives the same batches.</param>
    /// <param name="allowRepeats">Whether a class with fewer than K items may repeat them within a batch. <value>The default is
    /// false: an item is a trivial positive of itself.</value></param>
    /// <exception cref="ArgumentException">There are fewer than P classes, or one has fewer than K items and repeats are not
    /// allowed.</exception>
    public BalancedBatches(Tensor labels, int classesPerBatch, int itemsPerClass, long seed, bool allowRepeats = false)
        : this(new LabelGroups(labels), classesPerBatch, itemsPerClass, seed, allowRepeats)
    {
    }

    private BalancedBatches(LabelGroups groups, int classesPerBatch, int itemsPerClass, long seed, bool allowRepeats)
        : base(Count(groups, classesPerBatch, itemsPerClass, allowRepeats), seed) =>
        (_groups, _classes, _items) = (groups, classesPerBatch, itemsPerClass);

    /// <inheritdoc/>
    protected internal override Func<int, Tensor> Plan(int epoch)
    {
        var random = RandomFor(epoch);
        var order = new long[BatchesPerEpoch * _classes * _items];
        var classes = new Deck(Enumerable.Range(0, _groups.Count).Select(group => (long)group).ToArray(), 0, _groups.Count, random);
        var members = (long[])_groups.Members.Clone();
        var decks = new Deck?[_groups.Count];
        var drawn = new long[_classes];
        for (var at = 0; at < order.Length;)
        {
            classes.Deal(drawn);
            foreach (var group in drawn)
            {
                var deck = decks[group] ??= new Deck(members, _groups.Starts[group], _groups.SizeOf((int)group), random);
                deck.Deal(order.AsSpan(at, _items));
                at += _items;
            }
        }

        var size = _classes * _items;
        return position => Indices(order.AsSpan(position * size, size)); // [P · K], class by class
    }

    private static int Count(LabelGroups groups, int classesPerBatch, int itemsPerClass, bool allowRepeats)
    {
        Require.Between(classesPerBatch, 2, groups.Count, "the number of classes");
        Require.AtLeast(itemsPerClass, 2, "with fewer, no anchor has a positive");
        var smallest = Enumerable.Range(0, groups.Count).MinBy(groups.SizeOf);
        if (!allowRepeats && groups.SizeOf(smallest) < itemsPerClass)
            throw new ArgumentException(
                $"Class {groups.Labels[smallest]} has {groups.SizeOf(smallest)} item(s), fewer than the {itemsPerClass} required: lower itemsPerClass, leave the class out, or pass allowRepeats: true.", nameof(itemsPerClass));
        return Math.Max(1, groups.Members.Length / (classesPerBatch * itemsPerClass));
    }
}
