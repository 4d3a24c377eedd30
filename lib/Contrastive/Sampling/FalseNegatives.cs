using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>
/// How many of the negatives that a sampler draws blindly are false. The class prior τ⁺ is the probability that two random items belong
/// together; the debiased loss (Chuang et al. 2020) corrects for it where no mask can.
/// </summary>
public static class FalseNegatives
{
    /// <summary>τ⁺ of labeled items: the probability that another item, drawn uniformly, has the same label.
    /// <code>τ⁺ = Σ_c n_c (n_c − 1) / (N (N − 1))</code></summary>
    /// <param name="labels">int64 <c>[N]</c>, N at least 2.</param>
    /// <returns>From 0 (all differ) to 1 (all are equal); 1 / classes for many items in balanced classes.</returns>
    /// <exception cref="ArgumentException">The labels are not an int64 vector of at least two.</exception>
    public static double ClassPrior(Tensor labels)
    {
        var groups = new LabelGroups(labels);
        double count = groups.Members.Length;
        if (count < 2)
            throw new ArgumentException("There is one label; a pair needs two.", nameof(labels));
        return Enumerable.Range(0, groups.Count).Sum(group => (double)groups.SizeOf(group) * (groups.SizeOf(group) - 1)) / (count * (count - 1));
    }

    /// <summary>How many of an anchor's negatives are false, on average: τ⁺ · M. It grows with the batch.</summary>
    /// <param name="classPrior">τ⁺, in [0, 1].</param>
    /// <param name="negatives">M: N − 1 other items in a batch of N pairs, or the length of the queue.</param>
    /// <exception cref="ArgumentOutOfRangeException">The prior is not in [0, 1] or the number is negative.</exception>
    public static double Expected(double classPrior, int negatives)
    {
        Check(classPrior, negatives);
        return classPrior * negatives;
    }

    /// <summary>The probability that an anchor has at least one false negative among independently drawn ones: 1 − (1 − τ⁺)^M.</summary>
    /// <inheritdoc cref="Expected"/>
    public static double ChanceOfAny(double classPrior, int negatives)
    {
        Check(classPrior, negatives);
        return 1 - Math.Pow(1 - classPrior, negatives);
    }

    private static void Check(double classPrior, int negatives)
    {
        Require.Probability(classPrior);
        Require.AtLeast(negatives, 0);
    }
}
