using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>
/// All items in a new order each epoch, batch by batch. The last, smaller batch is dropped by default: the number of negatives is part
/// of a contrastive loss (it starts near the logarithm of the batch size), so a smaller batch has another loss, and a batch of one has
/// none. What is dropped differs from epoch to epoch.
/// </summary>
public sealed class ShuffledBatches : BatchSampler<Tensor>
{
    private readonly int _count;
    private readonly int _batchSize;

    /// <summary>Prepares batches of indices 0 … count − 1.</summary>
    /// <param name="count">The number of items.</param>
    /// <param name="batchSize">Items in a batch.</param>
    /// <param name="seed">The same seed gives the same batches.</param>
    /// <param name="dropLast">Whether a smaller last batch is left out. <value>The default is true.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not above zero, or not even one batch can be filled.</exception>
    public ShuffledBatches(int count, int batchSize, long seed, bool dropLast = true)
        : base(Batches(count, batchSize, dropLast, "items"), seed) => (_count, _batchSize) = (count, batchSize);

    /// <inheritdoc/>
    protected internal override Func<int, Tensor> Plan(int epoch)
    {
        var order = new long[_count];
        for (var i = 0; i < _count; i++)
            order[i] = i;
        RandomFor(epoch).Shuffle(order);
        return position => Indices(order.AsSpan(position * _batchSize, Math.Min(_batchSize, _count - (position * _batchSize)))); // [B]
    }
}
