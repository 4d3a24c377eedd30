using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>A loss of given triplets: row i of the positives belongs to anchor i, row i of the negatives does not.</summary>
public interface ITripletLoss
{
    /// <summary>The loss of one batch.</summary>
    /// <param name="anchors">Embeddings <c>[N, D]</c>, float, N at least 1.</param>
    /// <param name="positives">Embeddings <c>[N, D]</c> of the same type and device.</param>
    /// <param name="negatives">Embeddings <c>[N, D]</c> of the same type and device.</param>
    /// <returns>A scalar, attached to the autograd graph.</returns>
    /// <exception cref="ArgumentException">The shapes differ, the batch is empty, or a value is not finite.</exception>
    Tensor Compute(Tensor anchors, Tensor positives, Tensor negatives);
}
