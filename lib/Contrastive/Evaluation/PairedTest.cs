using System.Globalization;
using Contrastive.Torch;

namespace Contrastive.Evaluation;

/// <summary>
/// Is the difference between two systems, measured on the same queries, more than chance? Fisher's randomization test, two-sided, as
/// recommended for search by Smucker, Allan and Carterette (2007), and the percentile bootstrap interval of the mean difference (Efron 1979;
/// Sakai 2006).
/// <code>
/// PairedTest.Of(dense, bm25, "nDCG@10")
/// // nDCG@10 0.3420 vs 0.3300: +0.0120, 95 % [+0.0010, +0.0230], p = 0.03 (randomization, 323 queries: 120 better, 90 worse, 113 equal)
/// </code>
/// Scores that differ by rounding alone, at most 1e-10 of the larger one, are equal. The test says nothing about other collections, and of
/// twenty comparisons at p = 0.05 one is to be expected by chance.
/// </summary>
public sealed class PairedTest
{
    private readonly string _measure;

    private PairedTest(double[] first, double[] second, string measure, Resampling resampling)
    {
        double[] differences = [.. first.Zip(second, SignFlips.Difference)];
        _measure = measure;
        (FirstMean, SecondMean, Difference) = (first.Average(), second.Average(), differences.Average());
        (Better, Worse) = (differences.Count(d => d > 0), differences.Count(d => d < 0));
        (Queries, Confidence) = (differences.Length, resampling.Confidence);
        (PValue, IsExact) = SignFlips.Test(differences, resampling.Samples, resampling.Seed);
        (Low, High) = Bootstrap.Interval(differences, resampling.Resamples, resampling.Confidence, resampling.Seed);
    }

    /// <summary>The mean of the first system.</summary>
    public double FirstMean { get; }

    /// <summary>The mean of the second system.</summary>
    public double SecondMean { get; }

    /// <summary>The mean difference, first less second.</summary>
    public double Difference { get; }

    /// <summary>The lower end of the difference's bootstrap interval.</summary>
    public double Low { get; }

    /// <summary>The upper end of the difference's bootstrap interval.</summary>
    public double High { get; }

    /// <summary>The confidence of the interval, such as 0.95.</summary>
    public double Confidence { get; }

    /// <summary>How often the mean difference would be at least as far from 0 if each query's scores were swapped between the systems at
    /// random, in (0, 1].</summary>
    public double PValue { get; }

    /// <summary>Whether all ways of swapping were tried, so that <see cref="PValue"/> is exact, not sampled.</summary>
    public bool IsExact { get; }

    /// <summary>How many queries there are.</summary>
    public int Queries { get; }

    /// <summary>On how many queries the first system scores higher.</summary>
    public int Better { get; }

    /// <summary>On how many queries the first system scores lower.</summary>
    public int Worse { get; }

    /// <summary>On how many queries both score the same.</summary>
    public int Equal => Queries - Better - Worse;

    /// <summary>Compares two runs on one measure.</summary>
    /// <param name="first">The one asked about.</param>
    /// <param name="second">What it is compared with, measured with the same judgments.</param>
    /// <param name="measure">The name of a measure that both have.</param>
    /// <param name="resampling">How many samples are drawn, and from which seed.</param>
    /// <exception cref="ArgumentException">The runs were not measured on the same queries (the message names the missing ones), there are fewer
    /// than two, or one lacks the measure.</exception>
    public static PairedTest Of(RetrievalReport first, RetrievalReport second, string measure, Resampling? resampling = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return Of(first.Scores(measure), second.Scores(measure), measure, resampling);
    }

    /// <summary>Compares two systems by their scores on each query.</summary>
    /// <param name="first">The scores of the one asked about, by the query's id.</param>
    /// <param name="second">The scores of what it is compared with, on the same queries.</param>
    /// <param name="measure">What the scores are, for <see cref="ToString"/>.</param>
    /// <param name="resampling">How many samples are drawn, and from which seed.</param>
    /// <exception cref="ArgumentException">The systems were not measured on the same queries (the message names the missing ones), there are
    /// fewer than two, or a score is not finite.</exception>
    public static PairedTest Of(
        IReadOnlyDictionary<string, double> first, IReadOnlyDictionary<string, double> second, string measure = "", Resampling? resampling = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        Same(first, second, "first");
        Same(second, first, "second");
        string[] queries = [.. first.Keys.Order(StringComparer.Ordinal)];
        return Of([.. queries.Select(query => first[query])], [.. queries.Select(query => second[query])], measure, resampling, place => $"'{queries[place]}'");
    }

    /// <summary>Compares two systems by their scores on each query, such as those of <see cref="TopKAccuracy.ScoresAt"/>.</summary>
    /// <param name="first">The scores of the one asked about.</param>
    /// <param name="second">The scores of what it is compared with, in the same order of queries.</param>
    /// <param name="measure">What the scores are, for <see cref="ToString"/>.</param>
    /// <param name="resampling">How many samples are drawn, and from which seed.</param>
    /// <exception cref="ArgumentException">There are not as many scores of both, there are fewer than two, or a score is not finite.</exception>
    public static PairedTest Of(IReadOnlyList<double> first, IReadOnlyList<double> second, string measure = "", Resampling? resampling = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count)
            throw new ArgumentException($"The first system has {Counted.Of(first.Count, "score")}, the second {second.Count}; expected one each for the same queries.", nameof(second));
        return Of([.. first], [.. second], measure, resampling, place => place.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The comparison in one line.</summary>
    public override string ToString()
    {
        var culture = CultureInfo.InvariantCulture;
        var name = _measure.Length == 0 ? "" : $"{_measure} ";
        var p = PValue < 1e-4 ? "p < 0.0001" : $"p = {decimal.Parse(PValue.ToString("E1", culture), NumberStyles.Float, culture).ToString("0.######", culture)}";
        return string.Create(culture, $"{name}{FirstMean:F4} vs {SecondMean:F4}: {Signed(Difference)}, {100 * Confidence:0.######} % [{Signed(Low)}, {Signed(High)}], {p} ")
            + string.Create(culture, $"({(IsExact ? "exact randomization" : "randomization")}, {Queries} queries: {Better} better, {Worse} worse, {Equal} equal)");

        string Signed(double value) => (Math.Round(value, 4) + 0.0).ToString("+0.0000;−0.0000", culture); // + 0.0: no negative zero
    }

    private static PairedTest Of(double[] first, double[] second, string measure, Resampling? resampling, Func<int, string> name)
    {
        ArgumentNullException.ThrowIfNull(measure);
        if (first.Length < 2)
            throw new ArgumentException($"A test needs at least two queries; {Counted.There(first.Length, "query", "queries")}.", nameof(first));
        for (var place = 0; place < first.Length; place++)
        {
            Require.Finite(first[place], $"the first system's score for query {name(place)}");
            Require.Finite(second[place], $"the second system's score for query {name(place)}");
        }

        return new PairedTest(first, second, measure, resampling ?? new Resampling());
    }

    private static void Same(IReadOnlyDictionary<string, double> some, IReadOnlyDictionary<string, double> others, string only)
    {
        string[] missing = [.. some.Keys.Where(query => !others.ContainsKey(query)).Order(StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            var names = string.Join(", ", missing.Take(3).Select(query => $"'{query}'")) + (missing.Length > 3 ? $" and {missing.Length - 3} more" : "");
            throw new ArgumentException(
                $"Only the {only} system has a score for {names}; expected scores on the same queries. A query for which a system finds nothing has score 0.", only);
        }
    }
}
