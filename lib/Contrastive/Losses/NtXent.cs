using Contrastive.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Normalized temperature-scaled cross entropy: SimCLR's loss (Chen et al. 2020, "A Simple Framework for Contrastive Learning of
/// Visual Representations", equation 1). With z of length one and 2N views,
/// <code>ℓ(i, j) = −log( exp(zᵢ·zⱼ / τ) / Σ_{k ≠ i} exp(zᵢ·z_k / τ) ),    loss = mean of ℓ over all 2N anchors</code>
/// where j is the other view of i. The anchor itself is left out of the sum, the positive stays in it.
/// </summary>
/// <remarks>Normalizes its input. The authors' code sums the two directions; this is the mean, half of that.</remarks>
/// <param name="temperature">τ, above zero. <value>The default is 0.5, the paper's for CIFAR-10; 0.1 for ImageNet.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The temperature is not above zero.</exception>
public sealed class NtXent(double temperature = 0.5) : ITwoViewLoss
{
    private readonly double _temperature = Require.Positive(temperature);

    /// <summary>Whether the <c>[2N, 2N]</c> similarities are computed in blocks and never held: the same value and gradient, in little
    /// memory, but no second derivatives. <value>The default is null: where the batch is large.</value></summary>
    public bool? Blockwise { get; init; }

    /// <summary>The loss when all embeddings are the same, and very nearly when they are random and D is large: ln(2N − 1).</summary>
    /// <param name="pairs">N, the number of pairs in the batch.</param>
    public static double ExpectedAtRandom(int pairs) => Math.Log((2.0 * pairs) - 1);

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2)
    {
        Require.Pairs(view1, view2, atLeast: 2);
        using var scope = NewDisposeScope();
        var (z, positive) = Scale(view1, view2);
        return (Products.LogSumExpOfOthers(z, null, Blockwise).mean() - positive.mean()).MoveToOuterDisposeScope();
    }

    /// <summary>The same for a batch in which an item may occur twice: rows of equal ids are not negatives of each other.</summary>
    /// <param name="view1">Embeddings <c>[N, D]</c>.</param>
    /// <param name="view2">Embeddings <c>[N, D]</c>.</param>
    /// <param name="ids">The item of each row, integers <c>[N]</c>.</param>
    /// <returns>A scalar, attached to the autograd graph.</returns>
    /// <exception cref="ArgumentException">As for the batch without ids, or the ids do not fit it.</exception>
    public Tensor Compute(Tensor view1, Tensor view2, Tensor ids)
    {
        Require.Pairs(view1, view2, atLeast: 2);
        Require.Ids(ids, view1);
        using var scope = NewDisposeScope();
        var (z, positive) = Scale(view1, view2);
        var negatives = Products.LogSumExpOfOthers(z, cat([ids, ids], dim: 0), Blockwise); // [2N], without the positive
        positive = cat([positive, positive], dim: 0); // [2N]
        return (negatives.logaddexp(positive) - positive).mean().MoveToOuterDisposeScope();
    }

    // Views of length 1/√τ [2N, D], so that their products are cosine / τ, and those of the pairs [N].
    private (Tensor Views, Tensor Positive) Scale(Tensor view1, Tensor view2)
    {
        var z1 = Similarity.Normalize(view1) / Math.Sqrt(_temperature);
        var z2 = Similarity.Normalize(view2) / Math.Sqrt(_temperature);
        return (cat([z1, z2], dim: 0), (z1 * z2).sum(dim: 1));
    }
}
