using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>
/// Deals batches, epoch after epoch. Epoch e of a seed is always the same, whatever was drawn before it, so training can stop
/// anywhere and resume from <see cref="State"/>.
/// </summary>
/// <typeparam name="TBatch">What one batch is: indices, or pairs of them.</typeparam>
public abstract class BatchSampler<TBatch>
{
    private protected BatchSampler(int batchesPerEpoch, long seed) => (BatchesPerEpoch, Seed) = (batchesPerEpoch, seed);

    /// <summary>The number of batches in each epoch.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>The sampler's position: after a training step, the state from which the next step continues. Set it to resume.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The epoch is negative, or has no such position.</exception>
    public SamplerState State
    {
        get;
        set => field = value.Epoch >= 0 && value.Position >= 0 && value.Position <= BatchesPerEpoch
            ? value
            : throw Require.OutOfRange(
                nameof(State), value, $"an epoch from 0 and a position from 0 to {BatchesPerEpoch}: was the state saved with another batch size or data set?");
    }

    private protected long Seed { get; }

    /// <summary>
    /// The rest of the current epoch (all of it, unless resumed or left midway); afterwards the next epoch is the current one. The
    /// tensors of a batch are valid until the next batch is requested; the sampler disposes them.
    /// </summary>
    public IEnumerable<TBatch> NextEpoch()
    {
        var epoch = State.Epoch;
        var deal = Plan(epoch);
        while (State.Epoch == epoch && State.Position < BatchesPerEpoch)
        {
            var position = State.Position;
            var batch = deal(position);
            State = new SamplerState(epoch, position + 1);
            try
            {
                yield return batch;
            }
            finally
            {
                Release(batch);
            }
        }

        if (State == new SamplerState(epoch, BatchesPerEpoch))
            State = new SamplerState(epoch + 1, 0);
    }

    /// <summary>Prepares an epoch: the batch at each position.</summary>
    private protected abstract Func<int, TBatch> Plan(int epoch);

    private protected abstract void Release(TBatch batch);

    private protected static Tensor Indices(ReadOnlySpan<long> values) => tensor(values.ToArray(), int64).DetachFromDisposeScope();

    private protected static int Batches(int count, int batchSize, bool dropLast, string what)
    {
        Require.AtLeast(count, 1, $"there are no {what} to draw from");
        Require.AtLeast(batchSize, 1);
        if (dropLast && batchSize > count)
            throw Require.OutOfRange(nameof(batchSize), batchSize, $"at most {count}: there are only {count} {what}; lower it, or keep the last, smaller batch");
        return dropLast ? count / batchSize : ((count - 1) / batchSize) + 1;
    }
}

/// <summary>A sampler's position; with its seed, enough to continue as if never interrupted. Save it in the checkpoint.</summary>
/// <param name="Epoch">The epoch in progress, from 0.</param>
/// <param name="Position">How many of its batches have been drawn.</param>
public readonly record struct SamplerState(int Epoch, int Position);
