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
    private readonly double _temperature = Require.Positive(temperature, nameof(temperature));

    /// <summary>The loss when all embeddings are the same, and very nearly when they are random and D is large: ln(2N − 1).</summary>
    /// <param name="pairs">N, the number of pairs in the batch.</param>
    public static double ExpectedAtRandom(int pairs) => Math.Log((2.0 * pairs) - 1);

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2)
    {
        Require.Pairs(view1, nameof(view1), view2, nameof(view2));
        using var scope = NewDisposeScope();
        var z1 = Similarity.Normalize(view1);
        var z2 = Similarity.Normalize(view2);
        var z = cat([z1, z2], dim: 0); // [2N, D]
        var positive = (z1 * z2).sum(dim: 1) / _temperature; // [N], the same for both directions
        var logits = z.mm(z.t()) / _temperature; // [2N, 2N]
        logits.diagonal().fill_(double.NegativeInfinity);
        var others = logits.logsumexp(dim: 1); // [2N]
        return (others.mean() - positive.mean()).MoveToOuterDisposeScope();
    }
}
