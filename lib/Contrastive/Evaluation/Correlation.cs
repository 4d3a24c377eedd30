namespace Contrastive.Evaluation;

/// <summary>How well two series of numbers agree, such as cosine similarities and human similarity ratings.</summary>
public static class Correlation
{
    /// <summary>Pearson's r: how linear the relation is, in [−1, 1]; NaN where one series does not vary (a collapsed encoder).</summary>
    /// <param name="first">At least two finite numbers.</param>
    /// <param name="second">As many numbers.</param>
    /// <exception cref="ArgumentException">The lengths differ or are below two, or a value is not finite.</exception>
    public static double Pearson(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        Check(first, second);
        var (meanX, meanY) = (first.Average(), second.Average());
        double xy = 0, xx = 0, yy = 0;
        for (var i = 0; i < first.Count; i++)
        {
            var (x, y) = (first[i] - meanX, second[i] - meanY);
            xy += x * y;
            xx += x * x;
            yy += y * y;
        }

        // The mean of equal numbers may be off by rounding, so that they seem to vary.
        if (first.Min().Equals(first.Max()) || second.Min().Equals(second.Max()))
            return double.NaN;
        return Math.Clamp(xy / (Math.Sqrt(xx) * Math.Sqrt(yy)), -1, 1);
    }

    /// <summary>Spearman's ρ: Pearson's r of the ranks, so that any increasing relation counts; ties share their mean rank.</summary>
    /// <param name="first">At least two finite numbers.</param>
    /// <param name="second">As many numbers.</param>
    /// <returns>In [−1, 1]; NaN where one series does not vary.</returns>
    /// <exception cref="ArgumentException">The lengths differ or are below two, or a value is not finite.</exception>
    public static double Spearman(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        Check(first, second);
        return Pearson(Ranks(first), Ranks(second));
    }

    /// <summary>The rank of each value from 1, ascending; equal values share the mean of their ranks.</summary>
    internal static double[] Ranks(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Count];
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && values[order[end]].Equals(values[order[start]]))
                end++;
            for (var i = start; i < end; i++)
                ranks[order[i]] = (start + 1 + end) / 2.0;
            start = end;
        }

        return ranks;
    }

    private static void Check(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count || first.Count < 2)
            throw new ArgumentException($"The series have {first.Count} and {second.Count} values; expected as many in both, at least two.", nameof(second));
        if (!first.All(double.IsFinite) || !second.All(double.IsFinite))
            throw new ArgumentException("A series holds NaN or infinite values; a correlation needs finite ones.", nameof(first));
    }
}
