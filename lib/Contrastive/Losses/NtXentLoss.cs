using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Normalized temperature-scaled cross entropy: SimCLR's loss (Chen et al. 2020, "A Simple Framework for Contrastive Learning of
/// Visual Representations", equation 1). With unit-length z and 2N views,
/// <code>ℓ(i, j) = −log( exp(zᵢ·zⱼ / τ) / Σ_{k ≠ i} exp(zᵢ·z_k / τ) ),    loss = mean of ℓ over all 2N anchors</code>
/// where j is the other view of i. The sum excludes the anchor itself and includes the positive.
/// </summary>
/// <remarks>The authors' code sums the two directions; this is the mean, half of that.</remarks>
/// <param name="temperature">τ, above zero. <value>The default is 0.5, the paper's for CIFAR-10; 0.1 for ImageNet.</value></param>
/// <param name="normalize">Whether rows are normalized to unit length first. <value>The default is true, the paper's.</value></param>
/// <param name="blockwise">Whether the similarities are computed in blocks and never all held: the same value and gradient, in little
/// memory, but no second derivatives. <value>The default is null: only for large batches.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The temperature is not above zero.</exception>
public sealed class NtXentLoss(double temperature = 0.5, bool normalize = true, bool? blockwise = null) : INegativesLoss
{
    private readonly double _temperature = Require.Positive(temperature);

    /// <summary>The loss when all embeddings are the same, and very nearly when they are random and D is large: ln(2N − 1).</summary>
    /// <param name="pairs">N, the number of pairs in the batch.</param>
    public static double ExpectedAtRandom(int pairs) => Math.Log((2.0 * pairs) - 1);

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2) => Compute(view1, view2, Negatives.All);

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2, Negatives negatives)
    {
        Require.Pairs(view1, view2, atLeast: 2);
        using var scope = NewDisposeScope();
        var rules = NegativeRules.TwoViews(negatives, view1);
        var z1 = Similarity.Prepare(view1, normalize) / Math.Sqrt(_temperature); // length 1/√τ: products are cosine / τ
        var z2 = Similarity.Prepare(view2, normalize) / Math.Sqrt(_temperature);
        var positive = (z1 * z2).sum(dim: 1); // [N]
        var others = Products.LogSumExpOfOthers(cat([z1, z2], dim: 0), rules, blockwise); // [2N]
        return Products.CrossEntropy(cat([positive, positive], dim: 0), others).mean().MoveToOuterDisposeScope();
    }
}
