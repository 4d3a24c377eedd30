using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>A loss of two aligned batches: row i of one and row i of the other are a positive pair, all other pairs are negative.</summary>
public interface ITwoViewLoss
{
    /// <summary>The loss of one batch.</summary>
    /// <param name="view1">Embeddings <c>[N, D]</c>, float, N at least 2.</param>
    /// <param name="view2">Embeddings <c>[N, D]</c> of the same type and device.</param>
    /// <returns>A scalar, attached to the autograd graph.</returns>
    /// <exception cref="ArgumentException">The shapes differ, there are fewer than two rows, or a value is not finite.</exception>
    Tensor Compute(Tensor view1, Tensor view2);
}
