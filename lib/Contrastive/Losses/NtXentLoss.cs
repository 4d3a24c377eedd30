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
public sealed class NtXentLoss(double temperature = 0.5, bool normalize = true, bool? blockwise = null) : ITwoViewLoss
{
    private readonly double _temperature = Require.Positive(temperature);

    /// <summary>The loss when all embeddings are the same, and very nearly when they are random and D is large: ln(2N − 1).</summary>
    /// <param name="pairs">N, the number of pairs in the batch.</param>
    public static double ExpectedAtRandom(int pairs) => Math.Log((2.0 * pairs) - 1);

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2)
    {
        Require.Pairs(view1, view2, atLeast: 2);
        using var scope = NewDisposeScope();
        var (z, positive) = Scale(view1, view2);
        return (Products.LogSumExpOfOthers(z, null, blockwise).mean() - positive.mean()).MoveToOuterDisposeScope();
    }

    /// <summary>The same for a batch in which an item may occur twice: rows with equal ids are not negatives of each other.</summary>
    /// <param name="view1">Embeddings <c>[N, D]</c>.</param>
    /// <param name="view2">Embeddings <c>[N, D]</c>.</param>
    /// <param name="ids">The item of each row, integers <c>[N]</c>.</param>
    /// <returns>A scalar, attached to the autograd graph.</returns>
    /// <exception cref="ArgumentException">As for the overload without ids, or the ids do not fit the batch.</exception>
    public Tensor Compute(Tensor view1, Tensor view2, Tensor ids)
    {
        Require.Pairs(view1, view2, atLeast: 2);
        Require.Ids(ids, view1);
        using var scope = NewDisposeScope();
        var (z, positive) = Scale(view1, view2);
        var negatives = Products.LogSumExpOfOthers(z, cat([ids, ids], dim: 0), blockwise); // [2N], without the positive
        positive = cat([positive, positive], dim: 0); // [2N]
        return (negatives.logaddexp(positive) - positive).mean().MoveToOuterDisposeScope();
    }

    // Views of length 1/√τ [2N, D], so that their products are cosine / τ, and the products of the pairs [N].
    private (Tensor Views, Tensor Positive) Scale(Tensor view1, Tensor view2)
    {
        var z1 = Similarity.Prepare(view1, normalize) / Math.Sqrt(_temperature);
        var z2 = Similarity.Prepare(view2, normalize) / Math.Sqrt(_temperature);
        return (cat([z1, z2], dim: 0), (z1 * z2).sum(dim: 1));
    }
}
