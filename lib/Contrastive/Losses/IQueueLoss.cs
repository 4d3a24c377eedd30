using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>A loss whose negatives come from a memory: row i of the keys is the positive of query i.</summary>
public interface IQueueLoss
{
    /// <summary>The loss of one batch.</summary>
    /// <param name="queries">Embeddings <c>[N, D]</c>, float.</param>
    /// <param name="keys">Positives <c>[N, D]</c>, usually of the momentum encoder and without gradient.</param>
    /// <param name="queue">Negatives: <c>[K, D]</c>, shared by all queries, as MoCo's queue; or <c>[N, K, D]</c>, each query's own, as those
    /// drawn from an instance bank.</param>
    /// <returns>A scalar, attached to the autograd graph.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, a batch is empty, or a value is not finite.</exception>
    Tensor Compute(Tensor queries, Tensor keys, Tensor queue);

    /// <summary>The same with a choice of the negatives.</summary>
    /// <inheritdoc cref="Compute(Tensor, Tensor, Tensor)"/>
    /// <param name="queries">Embeddings <c>[N, D]</c>.</param>
    /// <param name="keys">Positives <c>[N, D]</c>.</param>
    /// <param name="queue">Negatives <c>[K, D]</c> or <c>[N, K, D]</c>.</param>
    /// <param name="negatives">Which negatives are left out, and what the others weigh, <c>[N, K]</c>.</param>
    /// <exception cref="ArgumentException">As for the overload without them, or the negatives do not fit the batch.</exception>
    Tensor Compute(Tensor queries, Tensor keys, Tensor queue, Negatives negatives);
}
