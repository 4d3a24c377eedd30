using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>
/// All items in a new order each epoch, and no key (an id, or a text) twice in a batch: a text that occurs twice would be a false negative
/// of its own positive. What <see cref="DuplicateMask"/> masks does not come about here, and each batch keeps all its negatives.
/// </summary>
/// <remarks>
/// An item that shares a key with one of the batch waits for a later batch. At the end of an epoch all that are left may clash; the last
/// batches are then completed with items of this epoch drawn once more, and as many are left out until the next. So an epoch has ⌊N / B⌋
/// batches, none smaller, and a key comes at most once in each. sentence-transformers' NoDuplicatesBatchSampler has the same rule within a
/// batch; where only clashing items are left, it gives a smaller batch or drops them.
/// </remarks>
public sealed class DistinctBatches : BatchSampler<Tensor>
{
    private readonly ItemKeys _keys;
    private readonly int _batchSize;
    private readonly long[] _together; // [B], items of which no two share a key

    /// <summary>Prepares batches of indices 0 … N − 1 in which no id occurs twice.</summary>
    /// <param name="ids">int64 <c>[N]</c>, or <c>[N, C]</c> where an item has several: those of a question and its answer. Ids of all
    /// columns are compared with each other; an item may have one twice.</param>
    /// <param name="batchSize">B, items in a batch.</param>
    /// <param name="seed">The same seed gives the same batches.</param>
    /// <exception cref="ArgumentException">The ids are of another type or shape, the batch size is out of range, or no B items are found of
    /// which no two share an id.</exception>
    public DistinctBatches(Tensor ids, int batchSize, long seed) : this(new ItemKeys(ids), batchSize, seed)
    {
    }

    /// <summary>Prepares batches of indices 0 … N − 1 in which no text occurs twice.</summary>
    /// <param name="texts">Columns of N texts each, such as anchors, positives and hard negatives: row i of all is item i. Texts of all
    /// columns are compared with each other, exactly; an item may have one twice.</param>
    /// <param name="batchSize">B, items in a batch.</param>
    /// <param name="seed">The same seed gives the same batches.</param>
    /// <exception cref="ArgumentException">The columns differ in length or are empty, the batch size is out of range, or no B items are found
    /// of which no two share a text.</exception>
    public DistinctBatches(IReadOnlyList<IReadOnlyList<string>> texts, int batchSize, long seed) : this(new ItemKeys(texts), batchSize, seed)
    {
    }

    private DistinctBatches(ItemKeys keys, int batchSize, long seed) : base(Batches(keys.Items, batchSize, dropLast: true, "items"), seed)
    {
        (_keys, _batchSize) = (keys, batchSize);
        var rarestFirst = new DistinctDeal(keys, keys.RarestFirst(), 1, batchSize);
        var found = rarestFirst.Fill();
        _together = found == batchSize ? rarestFirst.Dealt : throw Require.OutOfRange(
            nameof(batchSize), batchSize, $"at most {found}: no more items were found of which no two share a key; lower it, or remove duplicates");
    }

    /// <inheritdoc/>
    protected internal override Func<int, Tensor> Plan(int epoch)
    {
        var order = new long[_keys.Items];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        RandomFor(epoch).Shuffle(order);
        var deal = new DistinctDeal(_keys, order, BatchesPerEpoch, _batchSize);
        for (var batch = 0; batch < BatchesPerEpoch; batch++)
        {
            if (deal.Fill() < _batchSize)
                deal.Replace(_together);
        }

        return position => Indices(deal.Dealt.AsSpan(position * _batchSize, _batchSize)); // [B]
    }
}
