using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>A loss whose negatives come from a queue (a memory bank): row i of the keys is the positive of query i.</summary>
public interface IQueueLoss
{
    /// <summary>The loss of one batch.</summary>
    /// <param name="queries">Embeddings <c>[N, D]</c>, float.</param>
    /// <param name="keys">Positives <c>[N, D]</c>, usually of the momentum encoder and without gradient.</param>
    /// <param name="queue">Negatives <c>[K, D]</c>, shared by all queries.</param>
    /// <returns>A scalar, attached to the autograd graph.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, a batch is empty, or a value is not finite.</exception>
    Tensor Compute(Tensor queries, Tensor keys, Tensor queue);
}
