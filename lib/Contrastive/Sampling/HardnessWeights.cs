using Contrastive.Losses;
using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>
/// Hard negatives by weight in the loss: all negatives stay, but each is weighted by its similarity (Robinson et al. 2021, section 3):
/// <code>wᵢⱼ = exp(β sᵢⱼ) / mean over the row's negatives of exp(β sᵢₖ)</code>
/// Rows average 1, so the loss keeps its scale.
/// </summary>
/// <example><c>loss.Compute(view1, view2, HardnessWeights.Negatives(similarities, beta: 1))</c></example>
public static class HardnessWeights
{
    /// <summary>The weight of each negative; without gradient, as in the authors' code.</summary>
    /// <param name="similarities">Of each anchor with each negative, float <c>[N, M]</c>.</param>
    /// <param name="beta">β, zero or above; 0 weights all equally. <value>The paper's is 0.5 to 2.</value></param>
    /// <param name="exclude">bool <c>[N, M]</c>: entries that are not negatives; their weight is 0.</param>
    /// <returns><c>[N, M]</c> in the similarities' type.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, β is negative, a similarity is NaN, or an anchor has no negative.</exception>
    public static Tensor Of(Tensor similarities, double beta, Tensor? exclude = null)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var share = Candidates.Logits(similarities, beta, exclude).softmax(1); // [N, M]
        var negatives = exclude is null ? full([share.size(0), 1], share.size(1), float64, share.device) : exclude.logical_not().sum(1, keepdim: true); // [N, 1]
        return (share * negatives).to(similarities.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>The same as a loss takes them: the excluded are left out, the others have ln w.</summary>
    /// <inheritdoc cref="Of"/>
    public static Negatives Negatives(Tensor similarities, double beta, Tensor? exclude = null)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var logits = Candidates.Logits(similarities, beta, exclude); // [N, M]
        var count = exclude is null ? full([logits.size(0), 1], logits.size(1), float64, logits.device) : exclude.logical_not().sum(1, keepdim: true); // [N, 1]
        var logMean = logits.logsumexp(1, keepdim: true) - count.to(float64).log(); // [N, 1]
        var logWeights = (logits - logMean).nan_to_num(neginf: 0).to(similarities.dtype);
        return new Negatives { Exclude = exclude, LogWeights = logWeights.MoveToOuterDisposeScope() };
    }
}
