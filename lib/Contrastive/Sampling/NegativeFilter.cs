using Contrastive.Losses;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>
/// Leaves out the negatives that teach nothing (very easy ones, whose gradient is near zero) and those that are probably positives nobody
/// labeled (nearly as similar as the positive, or more so: Moreira et al. 2024, "NV-Retriever", TopK-PercPos).
/// </summary>
public static class NegativeFilter
{
    /// <summary>Which negatives to keep: <c>easiest &lt; sᵢⱼ &lt; s⁺ᵢ − (1 − fraction) |s⁺ᵢ|</c>, which is fraction · s⁺ᵢ for a positive
    /// similarity.</summary>
    /// <param name="similarities">Of each anchor with each candidate, float <c>[N, M]</c>.</param>
    /// <param name="positives">Of each anchor with its positive, float <c>[N]</c>.</param>
    /// <param name="easiest">Candidates no more similar than this are too easy. <value>The default is −∞: none is.</value></param>
    /// <param name="fraction">Above zero; candidates at or above this fraction of the positive's similarity are suspected to be
    /// positives. <value>The default is 0.95, the paper's.</value></param>
    /// <returns>bool <c>[N, M]</c>; a row may be all false: an anchor without a useful negative.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, a similarity is NaN, or a bound is out of range.</exception>
    public static Tensor Keep(Tensor similarities, Tensor positives, double easiest = double.NegativeInfinity, double fraction = 0.95)
    {
        Candidates.CheckSimilarities(similarities);
        Require.Shape(positives, Require.Sized("float", similarities.size(0)), "one similarity for each anchor");
        if (!(fraction > 0))
            throw Require.OutOfRange(nameof(fraction), fraction, "a number above zero");
        if (double.IsNaN(easiest))
            throw Require.OutOfRange(nameof(easiest), easiest, "a number");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var ceiling = (positives - (positives.abs() * (1 - fraction))).unsqueeze(1); // [N, 1]
        return (similarities > easiest).logical_and_(similarities < ceiling).MoveToOuterDisposeScope();
    }

    /// <summary>The same as a loss takes it: what is not kept is left out.</summary>
    /// <inheritdoc cref="Keep"/>
    /// <returns>The choice of negatives; an anchor without a useful one costs nothing.</returns>
    public static Negatives Negatives(Tensor similarities, Tensor positives, double easiest = double.NegativeInfinity, double fraction = 0.95)
    {
        using var keep = Keep(similarities, positives, easiest, fraction);
        return new Negatives { Exclude = keep.logical_not() };
    }
}
