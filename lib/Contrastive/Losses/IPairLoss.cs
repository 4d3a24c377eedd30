using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>A loss of given pairs, each marked as similar or dissimilar, as in data sets of duplicates or paraphrases.</summary>
public interface IPairLoss
{
    /// <summary>The loss of one batch: the mean over its pairs.</summary>
    /// <param name="first">Embeddings <c>[N, D]</c>, float, N at least 1.</param>
    /// <param name="second">Embeddings <c>[N, D]</c> of the same type and device: row i forms a pair with row i of the first.</param>
    /// <param name="isSimilar">Which pairs are similar: bool <c>[N]</c>, or integers <c>[N]</c> that are 1 or 0.</param>
    /// <returns>A scalar, attached to the autograd graph.</returns>
    /// <exception cref="ArgumentException">The shapes differ, the batch is empty, a value is not finite, or a number in
    /// <paramref name="isSimilar"/> is neither 0 nor 1.</exception>
    Tensor Compute(Tensor first, Tensor second, Tensor isSimilar);
}
