using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Hard-negative reweighting (Robinson et al. 2021, "Contrastive Learning with Hard Negative Samples", equation 4 with the authors'
/// weights). For an anchor with score s⁺ = z·z⁺/τ and its 2N − 2 negatives with scores sⱼ = z·zⱼ/τ, M = 2N − 2,
/// <code>wⱼ = exp(β sⱼ) / mean of exp(β s),    g = max( (Σⱼ wⱼ exp(sⱼ) − τ⁺ M exp(s⁺)) / (1 − τ⁺),  M exp(−1/τ) )
/// ℓ = −log( exp(s⁺) / (exp(s⁺) + g) ),    loss = mean of ℓ over all 2N anchors</code>
/// β shifts weight to the negatives most similar to the anchor; τ⁺ corrects for the share of negatives that are really of its class.
/// β = 0 is <see cref="DebiasedContrastiveLoss"/>; with τ⁺ = 0 as well it is <see cref="NtXentLoss"/>.
/// </summary>
/// <param name="beta">β, at least zero. <value>The default is 1, the authors'.</value></param>
/// <param name="classPrior">τ⁺ in [0, 1): the probability that a random row has the anchor's class. <value>The default is 0.1, the
/// paper's for ten classes.</value></param>
/// <param name="temperature">τ, above zero. <value>The default is 0.5, the paper's.</value></param>
/// <param name="normalize">Whether rows are normalized to unit length first. <value>The default is true, the
/// paper's; otherwise the floor exp(−1/τ) becomes that of the lowest product that the rows' lengths allow.</value></param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
public sealed class HardNegativeContrastiveLoss(double beta = 1, double classPrior = 0.1, double temperature = 0.5, bool normalize = true) : INegativesLoss
{
    private readonly double _beta = Require.NotNegative(beta);
    private readonly double _classPrior = Require.Fraction(classPrior);
    private readonly double _temperature = Require.Positive(temperature);

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2) => Compute(view1, view2, Negatives.All);

    /// <summary>The same with a choice of the negatives. A negative of weight w counts as w of them: M is the sum of the weights.</summary>
    /// <inheritdoc cref="INegativesLoss.Compute"/>
    public Tensor Compute(Tensor view1, Tensor view2, Negatives negatives)
    {
        using var scope = NewDisposeScope();
        var scores = TwoViewScores.Of(view1, view2, negatives, _temperature, normalize);
        var isFree = scores.HasNegative.logical_not(); // [2N]: without a negative an anchor costs nothing
        var others = scores.Others.masked_fill(isFree.unsqueeze(1), 0); // [2N, 2N]
        var logWeights = (scores.LogWeights ?? zeros_like(others)).masked_fill(others.isneginf(), double.NegativeInfinity);
        var logCount = logWeights.logsumexp(dim: 1); // [2N], ln M
        var hardness = _beta == 0
            ? (others + logWeights).logsumexp(dim: 1)
            : ((others * (1 + _beta)) + logWeights).logsumexp(dim: 1) - ((others * _beta) + logWeights).logsumexp(dim: 1) + logCount; // [2N], log Σ w exp(s)

        // The difference may be negative, so it is computed outside the logarithm, relative to the larger of the two terms.
        var scale = hardness.maximum(scores.Positive).detach(); // [2N]
        var corrected = ((hardness - scale).exp() - (_classPrior * (scores.Positive + logCount - scale).exp())) / (1 - _classPrior);
        var floor = (logCount + Lowest(view1, view2) - scale).exp();
        var g = corrected.maximum(floor).clamp_min(1e-37).log() + scale; // [2N], ln g
        return Products.CrossEntropy(scores.Positive, g).masked_fill(isFree, 0).mean().MoveToOuterDisposeScope();
    }

    // The lowest score that an anchor can have: [2N], or [] where rows have length one.
    private Tensor Lowest(Tensor view1, Tensor view2)
    {
        if (normalize)
            return tensor(-1 / _temperature, float64, view1.device);
        var lengths = Similarity.Upcast(cat([view1, view2], dim: 0)).detach().norm(dim: 1); // [2N]
        return lengths * (-lengths.max() / _temperature);
    }
}
