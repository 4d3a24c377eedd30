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

    /// <summary>The loss of one batch against labeled references, such as a memory of earlier batches (<c>CrossBatchMemory</c>): in the
    /// equation the anchors are the rows of the batch, and what they are compared with are the references only, all of them. Unlike within
    /// a batch, no row is left out as the anchor itself.</summary>
    /// <param name="embeddings">The anchors <c>[N, D]</c>, float, N at least 1.</param>
    /// <param name="labels">Class of each anchor <c>[N]</c>, an integer type.</param>
    /// <param name="references">Embeddings <c>[M, D]</c> of the same type and device; M may be zero. They have a gradient if they require
    /// one.</param>
    /// <param name="referenceLabels">Class of each reference <c>[M]</c>, an integer type.</param>
    /// <returns>A scalar, attached to the autograd graph. A mean over no terms is zero, with a gradient of zero: no reference, or none of
    /// an anchor's class, is no error, since a young memory has few classes.</returns>
    /// <exception cref="ArgumentException">The shapes, types or devices do not fit, the batch is empty, or a value is not
    /// finite.</exception>
    Tensor Compute(Tensor embeddings, Tensor labels, Tensor references, Tensor referenceLabels);
}
