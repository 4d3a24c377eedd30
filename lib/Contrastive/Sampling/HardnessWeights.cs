using Contrastive.Losses;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>
/// Hard negatives by weight in the loss: all negatives stay, but each is weighted by its similarity (Robinson et al. 2021, section 3):
/// <code>wᵢⱼ = exp(β sᵢⱼ) / mean over the row's negatives of exp(β sᵢₖ)</code>
/// Rows average 1, so the loss keeps its scale.
/// </summary>
/// <example><c>loss.Compute(view1, view2, HardnessWeights.Negatives(similarities, beta: 1, exclude: eye(n, dtype: ScalarType.Bool)))</c></example>
public static class HardnessWeights
{
    /// <summary>The weight of each negative, without gradient; <see cref="HardNegativeContrastiveLoss"/> differentiates its weights.</summary>
    /// <param name="similarities">Of each anchor with each negative, float <c>[N, M]</c>.</param>
    /// <param name="beta">β, zero or above; 0 weights all equally. <value>The paper's is 0.5 to 2 for cosines divided by the temperature.</value></param>
    /// <param name="exclude">bool <c>[N, M]</c>: entries that are not negatives; their weight is 0.</param>
    /// <returns><c>[N, M]</c> in the similarities' type.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, β is negative, a similarity is NaN, or an anchor has no negative.</exception>
    public static Tensor Of(Tensor similarities, double beta, Tensor? exclude = null)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return LogWeights(similarities, beta, exclude).exp().to(similarities.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>The same as a loss takes them: the excluded are left out, the others have ln w.</summary>
    /// <inheritdoc cref="Of"/>
    /// <returns>The choice of negatives. Exclude the positives and the anchors themselves, or they count in the mean.</returns>
    public static Negatives Negatives(Tensor similarities, double beta, Tensor? exclude = null)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var finite = LogWeights(similarities, beta, exclude).nan_to_num(neginf: 0).to(Similarity.Upcast(similarities).dtype);
        return new Negatives { Exclude = exclude, LogWeights = finite.MoveToOuterDisposeScope() };
    }

    // float64 [N, M], −∞ where excluded
    private static Tensor LogWeights(Tensor similarities, double beta, Tensor? exclude)
    {
        var logits = Candidates.Logits(similarities, beta, exclude); // [N, M]
        var negatives = logits.gt(double.NegativeInfinity).sum(1, keepdim: true).to(float64); // [N, 1]
        return logits - (logits.logsumexp(1, keepdim: true) - negatives.log());
    }
}
