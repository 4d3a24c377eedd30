using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Debiased contrastive loss (Chuang et al. 2020, "Debiased Contrastive Learning", equations 7 and 8 with one positive). Negatives drawn
/// from the batch have the anchor's class with probability τ⁺; their expected part is subtracted.
/// With s⁺ = z·z⁺/τ, sⱼ = z·zⱼ/τ, M = 2N − 2,
/// <code>g = max( (mean of exp(sⱼ) − τ⁺ exp(s⁺)) / (1 − τ⁺),  exp(−1/τ) )
/// ℓ = −log( exp(s⁺) / (exp(s⁺) + M g) ),    loss = mean of ℓ over all 2N anchors</code>
/// </summary>
/// <param name="classPrior">τ⁺ in [0, 1), for C balanced classes 1 / C. <value>The default is 0.1, the paper's.</value></param>
/// <param name="temperature">τ, above zero. <value>The default is 0.5, the paper's.</value></param>
/// <param name="normalize">Whether rows are normalized to unit length first. <value>The default is true, the
/// paper's; otherwise the floor exp(−1/τ) becomes that of the lowest product that the rows' lengths allow.</value></param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
public sealed class DebiasedContrastiveLoss(double classPrior = 0.1, double temperature = 0.5, bool normalize = true) : INegativesLoss
{
    private readonly HardNegativeContrastiveLoss _unweighted = new(beta: 0, classPrior, temperature, normalize);

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2) => _unweighted.Compute(view1, view2);

    /// <inheritdoc cref="HardNegativeContrastiveLoss.Compute(Tensor, Tensor, Negatives)"/>
    public Tensor Compute(Tensor view1, Tensor view2, Negatives negatives) => _unweighted.Compute(view1, view2, negatives);
}
