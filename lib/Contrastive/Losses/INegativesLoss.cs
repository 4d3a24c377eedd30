using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>A two-view loss that can leave out or weigh its negatives.</summary>
public interface INegativesLoss : ITwoViewLoss
{
    /// <summary>The loss of one batch with a choice of its negatives.</summary>
    /// <param name="view1">Embeddings <c>[N, D]</c>, float, N at least 2.</param>
    /// <param name="view2">Embeddings <c>[N, D]</c>: row i is the positive of row i.</param>
    /// <param name="negatives">Which negatives are left out, and what the others weigh.</param>
    /// <returns>A scalar, attached to the autograd graph.</returns>
    /// <exception cref="ArgumentException">As for the overload without them, or the negatives do not fit the batch.</exception>
    Tensor Compute(Tensor view1, Tensor view2, Negatives negatives);
}
