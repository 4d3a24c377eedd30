using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>A loss that ranks each anchor's positive above the rest of the batch and, where given, above hard negatives.</summary>
public interface IRankingLoss
{
    /// <summary>The loss of one batch.</summary>
    /// <param name="anchors">Embeddings <c>[N, D]</c>, float, N at least 2.</param>
    /// <param name="positives">Embeddings <c>[N, D]</c>: row i belongs to anchor i.</param>
    /// <param name="hardNegatives">None, one for each anchor <c>[N, D]</c>, or H for each anchor <c>[N, H, D]</c>.</param>
    /// <returns>A scalar, attached to the autograd graph.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, there are fewer than two rows, or a value is not finite.</exception>
    Tensor Compute(Tensor anchors, Tensor positives, Tensor? hardNegatives = null);

    /// <summary>The same with a choice of the negatives, in-batch and hard.</summary>
    /// <inheritdoc cref="Compute(Tensor, Tensor, Tensor?)"/>
    /// <param name="anchors">Embeddings <c>[N, D]</c>.</param>
    /// <param name="positives">Embeddings <c>[N, D]</c>.</param>
    /// <param name="hardNegatives">None, <c>[N, D]</c> or <c>[N, H, D]</c>.</param>
    /// <param name="negatives">Which negatives are left out, and what the others weigh: <c>[N, N·(1 + H)]</c>.</param>
    /// <exception cref="ArgumentException">As for the overload without them, or the negatives do not fit the batch.</exception>
    Tensor Compute(Tensor anchors, Tensor positives, Tensor? hardNegatives, Negatives negatives);
}
