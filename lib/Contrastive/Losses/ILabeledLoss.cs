using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>A loss of labeled embeddings: two rows are a positive pair if their labels are equal, else a negative pair.</summary>
public interface ILabeledLoss
{
    /// <summary>The loss of one batch.</summary>
    /// <param name="embeddings">Embeddings <c>[N, D]</c>, float, N at least 2.</param>
    /// <param name="labels">Class of each row <c>[N]</c>, an integer type. At least two rows must share a label.</param>
    /// <returns>A scalar, attached to the autograd graph.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, there are fewer than two rows, a value is not finite, or no label
    /// occurs twice.</exception>
    Tensor Compute(Tensor embeddings, Tensor labels);
}
