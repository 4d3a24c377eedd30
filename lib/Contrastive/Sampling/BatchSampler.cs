using System.Runtime.CompilerServices;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>
/// Deals batches, epoch after epoch. Epoch e of a seed is always the same, whatever was drawn before it, so training can stop
/// anywhere and resume from <see cref="State"/>.
/// </summary>
/// <remarks>
/// A sampler of one's own derives from this class and overrides <see cref="Plan"/>; <c>Checkpoint.With</c> then keeps its position.
/// <code>
/// sealed class InOrder(int count, int batchSize, long seed) : BatchSampler&lt;Tensor&gt;(count / batchSize, seed)
/// {
///     protected override Func&lt;int, Tensor&gt; Plan(int epoch)
///     {
///         var start = RandomFor(epoch).Next(count);
///         return position => Indices([.. Enumerable.Range(start + position * batchSize, batchSize).Select(i => (long)i % count)]); // [B]
///     }
/// }
/// </code>
/// </remarks>
/// <typeparam name="TBatch">What one batch is: indices int64 <c>[B]</c>, or pairs of them.</typeparam>
public abstract class BatchSampler<TBatch>
{
    /// <summary>Prepares epochs of equal length.</summary>
    /// <param name="batchesPerEpoch">The number of batches in each epoch, at least 1.</param>
    /// <param name="seed">The same seed gives the same batches.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no batch in an epoch.</exception>
    protected BatchSampler(int batchesPerEpoch, long seed) =>
        (BatchesPerEpoch, Seed) = (Require.AtLeast(batchesPerEpoch, 1, "an epoch has a batch"), seed);

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

    /// <summary>The seed of all epochs.</summary>
    protected long Seed { get; }

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

    /// <summary>Batches for the steps of a training, epoch after epoch, from <see cref="State"/> on.</summary>
    /// <param name="from">The first step: 0, or the one at which a checkpoint resumes.</param>
    /// <param name="to">The number of steps in all; the last step is one less.</param>
    /// <returns>Each step with its batch, valid until the next is requested.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The first step is negative.</exception>
    public IEnumerable<(int Step, TBatch Batch)> Steps(int from, int to)
    {
        Require.AtLeast(from, 0);
        return Deal();

        IEnumerable<(int, TBatch)> Deal()
        {
            var step = from;
            while (step < to)
            {
                foreach (var batch in NextEpoch())
                {
                    yield return (step, batch);
                    if (++step >= to)
                        break;
                }
            }
        }
    }

    /// <summary>
    /// Prepares an epoch. What it draws comes from <see cref="RandomFor"/> and from nothing else, so that the epoch can be drawn again:
    /// after resuming, it is asked for anew, and only for the positions that are left.
    /// </summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <returns>The batch at a position from 0 to <see cref="BatchesPerEpoch"/> − 1, made when it is asked for. Draw all random numbers
    /// before, in <see cref="Plan"/> itself: positions may be skipped.</returns>
    protected internal abstract Func<int, TBatch> Plan(int epoch);

    /// <summary>Called when the batch is no longer in use. By default a tensor, a tuple's tensors and whatever else is
    /// <see cref="IDisposable"/> are disposed.</summary>
    /// <param name="batch">What <see cref="Plan"/> made.</param>
    protected internal virtual void Release(TBatch batch)
    {
        (batch as IDisposable)?.Dispose();
        for (var i = 0; batch is ITuple parts && i < parts.Length; i++)
            (parts[i] as IDisposable)?.Dispose();
    }

    /// <summary>A source of random numbers that depends on the seed and the epoch alone.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    protected Random RandomFor(int epoch) => EpochRandom.Create(Seed, epoch);

    /// <summary>Indices as a tensor that no dispose scope ends; the sampler disposes it.</summary>
    /// <param name="values">The indices of a batch.</param>
    /// <returns>int64 <c>[B]</c>.</returns>
    protected static Tensor Indices(ReadOnlySpan<long> values) => tensor(values.ToArray(), int64).DetachFromDisposeScope();

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
