using Contrastive.Evaluation;
using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Evaluation;

public sealed class PairedTestTests
{
    [Fact]
    public void P_values_equal_hand_computed_ones()
    {
        // All five better: only the two patterns of one sign are as extreme.
        Assert.Equal(2 / 32.0, Test([1, 2, 3, 4, 5]).PValue, 1e-12);
        // 3 + 1: sums ±4, ±2; as extreme as 2 are all.
        Assert.Equal(1, Test([3, -1]).PValue, 1e-12);
        // 0.1 + 0.2 − 0.3 is 0 on paper and not in floating point: every pattern is as extreme.
        Assert.Equal(1, Test([0.1, 0.2, -0.3]).PValue, 1e-12);
        // Equal systems, and queries on which they are equal change nothing.
        Assert.Equal(1, Test([0, 0, 0]).PValue);
        Assert.Equal(2 / 32.0, Test([1, 2, 0, 3, 0, 4, 5, 0]).PValue, 1e-12);
    }

    [Fact]
    public void Small_tests_equal_a_slow_enumeration()
    {
        var random = new Random(3);
        for (var round = 0; round < 50; round++)
        {
            double[] differences = [.. Enumerable.Range(0, 2 + (round % 12)).Select(_ => (random.Next(11) - 4) / 10.0)];
            var test = Test(differences);
            Assert.True(test.IsExact);
            Assert.Equal(EnumeratedPValue(differences), test.PValue, 1e-12);
        }
    }

    [Fact]
    public void Sampled_p_values_agree_with_exact_ones_within_sampling_error()
    {
        var random = new Random(4);
        for (var round = 0; round < 10; round++)
        {
            double[] differences = [.. Enumerable.Range(0, 12).Select(_ => random.NextDouble() - 0.35)];
            var exact = Test(differences);
            var sampled = Test(differences, new Resampling { Samples = 4000, Seed = round });
            Assert.False(sampled.IsExact);
            Assert.Equal(exact.PValue, sampled.PValue, (5 * Math.Sqrt(exact.PValue * (1 - exact.PValue) / 4000)) + (1.0 / 4000));
        }
    }

    [Fact]
    public void Many_queries_are_tested_over_all_their_words_of_signs()
    {
        // 200 differences of 1 or −1: the sum is that of a binomial, here 28 = 2 · 114 − 200.
        var test = Test([.. Enumerable.Range(0, 200).Select(i => i % 200 < 114 ? 1.0 : -1.0)]);
        Assert.Equal(BinomialTail(200, 114), test.PValue, 0.003);
        Assert.Equal(1.0 / 100_001, Test([.. Enumerable.Repeat(1.0, 200)]).PValue, 1e-12);
    }

    [Fact]
    public void Without_a_difference_one_test_in_twenty_falls_below_5_percent()
    {
        var random = new Random(6);
        var below = Enumerable.Range(0, 400).Count(_ => Test(Normal(random, 40, 0), new Resampling { Samples = 999, Resamples = 1 }).PValue <= 0.05);
        Assert.InRange(below, 20 - 16, 20 + 16); // standard deviation 4.4
    }

    [Fact]
    public void The_interval_holds_the_true_difference_at_about_its_rate()
    {
        var random = new Random(7);
        var held = Enumerable.Range(0, 400).Count(_ =>
        {
            var test = Test(Normal(random, 60, 0.3), new Resampling { Samples = 1, Resamples = 500, Confidence = 0.9 });
            return test.Low <= 0.3 && 0.3 <= test.High;
        });
        Assert.InRange(held / 400.0, 0.9 - 0.06, 0.9 + 0.05); // standard deviation 0.015; percentile intervals are slightly too narrow
    }

    [Fact]
    public void The_interval_equals_the_percentiles_known_of_a_simple_case()
    {
        // The mean of 4 draws from {0, 0, 0, 4} is the number of fours: binomial(4, 1/4), with 2.5 % and 97.5 % points 0 and 3.
        var test = Test([0, 0, 0, 4]);
        Assert.Equal((0, 3), (test.Low, test.High));
        var same = Test([0.25, 0.25, 0.25]);
        Assert.Equal((0.25, 0.25), (same.Low, same.High));
    }

    [Fact]
    public void Swapping_the_systems_flips_the_signs_and_equal_seeds_repeat()
    {
        var random = new Random(9);
        double[] first = [.. Enumerable.Range(0, 100).Select(_ => random.NextDouble())], second = [.. first.Select(score => Math.Round(score, 1))];
        var (there, back) = (PairedTest.Of(first, second), PairedTest.Of(second, first));
        Assert.Equal(there.PValue, back.PValue);
        Assert.Equal(there.Difference, -back.Difference, 1e-12);
        Assert.Equal((there.Low, there.High, there.Better, there.Worse), (-back.High, -back.Low, back.Worse, back.Better), Close);
        Assert.Equal(there.ToString(), PairedTest.Of(first, second).ToString());
        Assert.NotEqual(there.PValue, PairedTest.Of(first, second, resampling: new Resampling { Seed = 1 }).PValue);
    }

    [Fact]
    public void The_summary_reads_as_a_sentence()
    {
        var test = PairedTest.Of([0.5, 0.75, 0.5, 1], [0.5, 0.5, 0.75, 0], "nDCG@10");
        Assert.Equal("nDCG@10 0.6875 vs 0.4375: +0.2500, 95 % [−0.1250, +0.7500], p = 0.75 (exact randomization, 4 queries: 2 better, 1 worse, 1 equal)", test.ToString());
        Assert.Contains(": +0.0000, 95 % [+0.0000, +0.0000], p = 0.5 ", PairedTest.Of([1 - 1e-8, 1 - 1e-8], [1, 1]).ToString(), StringComparison.Ordinal);
        double[] ones = [.. Enumerable.Repeat(1.0, 40)], zeros = new double[40];
        Assert.Equal("0.0000 vs 1.0000: −1.0000, 95 % [−1.0000, −1.0000], p < 0.0001 (randomization, 40 queries: 0 better, 40 worse, 0 equal)", PairedTest.Of(zeros, ones).ToString());
    }

    [Theory]
    [InlineData(0.99, "99 %")]
    [InlineData(0.999, "99.9 %")]
    [InlineData(0.57, "57 %")]
    public void The_summary_says_the_level_of_the_interval(double confidence, string expected) =>
        Assert.Contains($", {expected} [", Test([1, 2, 3], new Resampling { Confidence = confidence }).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Scores_that_differ_by_rounding_alone_are_equal()
    {
        var test = PairedTest.Of([0.1 + 0.2, 0.5], [0.3, 0.5]);
        Assert.Equal((0, 0, 2, 1.0, 0.0), (test.Better, test.Worse, test.Equal, test.PValue, test.Difference));
        // Were rounding a difference, twelve of one sign would be "significant".
        double[] sums = [.. Enumerable.Repeat(0.1 + 0.2, 12)], same = [.. Enumerable.Repeat(0.3, 12)];
        Assert.Equal((1.0, 12), (PairedTest.Of(sums, same).PValue, PairedTest.Of(same, sums).Equal));
        var small = PairedTest.Of([1e-12, -2e-12, 1e6], [2e-12, -1e-12, 1e6]); // small scores are no rounding
        Assert.Equal((0, 2, 1), (small.Better, small.Worse, small.Equal));
    }

    [Fact]
    public void Scores_are_paired_by_the_querys_id_and_runs_by_their_measure()
    {
        var relevance = new[] { "q1", "q2" }.ToDictionary(query => query, query => (IReadOnlyDictionary<string, int>)new Dictionary<string, int> { ["a"] = 1 });
        var results = relevance.Keys.ToDictionary(query => query, query => (IReadOnlyList<RankedItem>)[new("a", 1)]);
        var found = RetrievalReport.Of(results, relevance, [RetrievalMeasure.ReciprocalRank]);
        var missed = RetrievalReport.Of(new Dictionary<string, IReadOnlyList<RankedItem>>(), relevance, [RetrievalMeasure.ReciprocalRank]);
        Assert.Equal((2, 1.0), (PairedTest.Of(found, missed, "MRR").Better, PairedTest.Of(found, missed, "MRR").Difference));
        var swapped = PairedTest.Of(new Dictionary<string, double> { ["x"] = 1, ["y"] = 0 }, new Dictionary<string, double> { ["y"] = 0, ["x"] = 1 });
        Assert.Equal(2, swapped.Equal);
        BadInput.Refused("'MAP' was not measured", () => PairedTest.Of(found, missed, "MAP"));
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        var five = Enumerable.Range(1, 5).ToDictionary(i => $"q{i}", _ => 1.0);
        var two = five.Take(2).ToDictionary();
        BadInput.Refused("Only the first system has a score for 'q3', 'q4', 'q5';", () => PairedTest.Of(five, two));
        BadInput.Refused("Only the second system has a score for 'q2', 'q3', 'q4' and 1 more;", () => PairedTest.Of(five.Take(1).ToDictionary(), five));
        BadInput.Refused("The first system has 2 scores, the second 3; expected", () => PairedTest.Of([1, 2], [1, 2, 3]));
        BadInput.Refused("A test needs at least two queries; there are 0 queries.", () => PairedTest.Of([], []));
        BadInput.Refused("A test needs at least two queries; there is 1 query.", () => PairedTest.Of([1], [1]));
        BadInput.Refused("The first system has 1 score, the second 0; expected", () => PairedTest.Of([1], []));
        BadInput.Refused("score for query 'q2' is NaN", () => PairedTest.Of(two, new Dictionary<string, double> { ["q1"] = 0, ["q2"] = double.NaN }));
        BadInput.Refused("first system's score for query 1 is Infinity", () => PairedTest.Of([1, double.PositiveInfinity], [1, 2]));
        BadInput.Refused("Samples is 0", () => Test([1, 2], new Resampling { Samples = 0 }));
        BadInput.Refused("Resamples is 0", () => Test([1, 2], new Resampling { Resamples = 0 }));
        BadInput.Refused("Confidence is 95", () => Test([1, 2], new Resampling { Confidence = 95 }));
    }

    private static PairedTest Test(double[] differences, Resampling? resampling = null) => PairedTest.Of(differences, new double[differences.Length], "", resampling);

    private static double EnumeratedPValue(double[] differences)
    {
        var (extreme, patterns) = (0, 1 << differences.Length);
        for (var pattern = 0; pattern < patterns; pattern++)
        {
            var sum = 0.0;
            for (var i = 0; i < differences.Length; i++)
                sum += (pattern & (1 << i)) == 0 ? differences[i] : -differences[i];
            if (Math.Abs(sum) >= Math.Abs(differences.Sum()) - 1e-9)
                extreme++;
        }

        return extreme / (double)patterns;
    }

    /// <summary>The chance that a fair coin, thrown so often, shows a side at least this often.</summary>
    private static double BinomialTail(int throws, int least)
    {
        var (chance, tail) = (Math.Pow(0.5, throws), 0.0);
        for (var heads = 0; heads <= throws; heads++)
        {
            tail += heads >= least ? 2 * chance : 0;
            chance *= (throws - heads) / (heads + 1.0);
        }

        return tail;
    }

    private static double[] Normal(Random random, int count, double mean) => [.. Enumerable.Range(0, count).Select(_ =>
        mean + (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];

    private static bool Close((double Low, double High, int, int) x, (double Low, double High, int, int) y) =>
        Math.Abs(x.Low - y.Low) < 1e-12 && Math.Abs(x.High - y.High) < 1e-12 && (x.Item3, x.Item4) == (y.Item3, y.Item4);
}
