using Contrastive.Losses;
using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>
/// Hard negatives by importance sampling: the more similar a negative is, the more often it is drawn (the distribution of Robinson et al.
/// 2021, equation 3, sampled from rather than used as weights):
/// <code>p(j | i) = exp(β sᵢⱼ) / Σ_k exp(β sᵢₖ)</code>
/// β = 0 draws uniformly; as β grows only the hardest are left, among them the false negatives.
/// </summary>
public static class ImportanceSampling
{
    /// <summary>The probability that each candidate is drawn.</summary>
    /// <param name="similarities">Of each anchor with each candidate, float <c>[N, M]</c>, usually cosines.</param>
    /// <param name="beta">β, the concentration, zero or above.</param>
    /// <param name="exclude">bool <c>[N, M]</c>: candidates never to draw, such as the positives. None by default.</param>
    /// <returns><c>[N, M]</c>, rows sum to 1.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, β is negative, a similarity is NaN, or an anchor has no candidate
    /// left.</exception>
    public static Tensor Probabilities(Tensor similarities, double beta, Tensor? exclude = null)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Candidates.Logits(similarities, beta, exclude).softmax(1).MoveToOuterDisposeScope();
    }

    /// <summary>Draws candidates for each anchor with these probabilities, without replacement.</summary>
    /// <param name="similarities">Of each anchor with each candidate, float <c>[N, M]</c>.</param>
    /// <param name="count">K, how many for each anchor; at most the number not excluded.</param>
    /// <param name="beta">β, zero or above.</param>
    /// <param name="generator">The source of randomness; one on the CPU works for any device.</param>
    /// <param name="exclude">bool <c>[N, M]</c>: candidates never to draw.</param>
    /// <returns>The candidates' indices, int64 <c>[N, K]</c>, in the order drawn.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Probabilities"/>, or an anchor has fewer than K candidates.</exception>
    public static Tensor Draw(Tensor similarities, int count, double beta, Generator generator, Tensor? exclude = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var logits = Candidates.Logits(similarities, beta, exclude, atLeast: count); // [N, M]
        // The K largest of logit + Gumbel noise are a draw without replacement (Gumbel-top-k; Kool et al. 2019); no probability underflows.
        var uniform = rand(logits.shape, float64, generator.device, generator: generator).clamp_min_(double.Epsilon).to(logits.device);
        return (logits - uniform.log_().neg_().log_()).topk(count, 1).indexes.MoveToOuterDisposeScope();
    }

    /// <summary>The same as a loss takes it: what was not drawn is left out.</summary>
    /// <inheritdoc cref="Draw"/>
    /// <returns>The choice of negatives: K for each anchor.</returns>
    public static Negatives Negatives(Tensor similarities, int count, double beta, Generator generator, Tensor? exclude = null)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var drawn = Draw(similarities, count, beta, generator, exclude); // [N, K]
        var others = ones_like(similarities, dtype: ScalarType.Bool).scatter_(1, drawn, zeros_like(drawn, dtype: ScalarType.Bool)); // [N, M]
        return new Negatives { Exclude = others.MoveToOuterDisposeScope() };
    }
}
