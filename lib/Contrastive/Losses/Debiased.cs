using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Debiased contrastive loss (Chuang et al. 2020, "Debiased Contrastive Learning", equations 7 and 8 with one positive). Negatives drawn
/// from the batch are of the anchor's class with chance τ⁺; their expected part is taken out. With s⁺ = z·z⁺/τ, sⱼ = z·zⱼ/τ, M = 2N − 2,
/// <code>g = max( (mean of exp(sⱼ) − τ⁺ exp(s⁺)) / (1 − τ⁺),  exp(−1/τ) )
/// ℓ = −log( exp(s⁺) / (exp(s⁺) + M g) ),    loss = mean of ℓ over all 2N anchors</code>
/// </summary>
/// <remarks>Normalizes its input.</remarks>
/// <param name="classPrior">τ⁺ in [0, 1), for C balanced classes 1 / C. <value>The default is 0.1, the paper's.</value></param>
/// <param name="temperature">τ, above zero. <value>The default is 0.5, the paper's.</value></param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
public sealed class Debiased(double classPrior = 0.1, double temperature = 0.5) : ITwoViewLoss
{
    private readonly HardNegative _unweighted = new(beta: 0, classPrior, temperature);

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2) => _unweighted.Compute(view1, view2);
}
