using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Decoupled contrastive loss (Yeh et al. 2022, "Decoupled Contrastive Learning", equations 6 and 7): NT-Xent without the positive in the
/// denominator, so that an easy positive no longer weakens the gradient of the negatives; it matters for small batches.
/// <code>ℓ = −w · z·z⁺ / τ + log Σ_{j: negatives} exp(z·zⱼ / τ),    loss = mean of ℓ over all 2N anchors
/// w = 1,  or  w = 2 − exp(z·z⁺ / σ) / mean of exp(z·z⁺ / σ)   (DCLW, without gradient)</code>
/// </summary>
/// <remarks>Unlike the others, the loss can fall below zero.</remarks>
/// <param name="temperature">τ, above zero. <value>The default is 0.1, the paper's.</value></param>
/// <param name="weightSigma">σ of the von Mises-Fisher weight w, above zero. <value>The default is null: w = 1; the paper uses 0.5.</value></param>
/// <param name="normalize">Whether rows are normalized to unit length first. <value>The default is true, the paper's.</value></param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is not above zero.</exception>
public sealed class DecoupledContrastiveLoss(double temperature = 0.1, double? weightSigma = null, bool normalize = true) : INegativesLoss
{
    private readonly double _temperature = Require.Positive(temperature);
    private readonly double? _weightSigma = weightSigma is { } sigma ? Require.Positive(sigma, nameof(weightSigma)) : null;

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2) => Compute(view1, view2, Negatives.All);

    /// <summary>The same with a choice of the negatives. Anchors without a negative, whose logarithm would be −∞, are left out of the mean;
    /// the loss is zero where no anchor has one.</summary>
    /// <inheritdoc cref="INegativesLoss.Compute"/>
    public Tensor Compute(Tensor view1, Tensor view2, Negatives negatives)
    {
        using var scope = NewDisposeScope();
        var scores = TwoViewScores.Of(view1, view2, negatives, _temperature, normalize);
        var terms = scores.Weighted.logsumexp(dim: 1) - (Weight(scores.Positive.detach()) * scores.Positive); // [2N]
        var counted = scores.HasNegative; // [2N]
        return (terms.masked_fill(counted.logical_not(), 0).sum() / counted.sum().clamp_min(1)).MoveToOuterDisposeScope();
    }

    private Tensor Weight(Tensor positive)
    {
        if (_weightSigma is not { } width)
            return ones_like(positive);
        return 2 - ((positive * (_temperature / width)).softmax(0) * positive.numel()); // exp / mean of exp
    }
}
