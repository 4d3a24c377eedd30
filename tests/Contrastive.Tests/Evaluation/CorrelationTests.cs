using Contrastive.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Evaluation;

public sealed class CorrelationTests
{
    /// <summary>Computed by hand: r = 3 / √(5 · 6) and, for the ranks (1, 2, 3, 4) and (2, 1, 3.5, 3.5), ρ = 3.5 / √(5 · 4.5).</summary>
    [Fact]
    public void Equals_hand_computed_values_with_ties()
    {
        double[] first = [1, 2, 3, 4], second = [2, 0, 3, 3];
        Assert.Equal(3 / Math.Sqrt(5 * 6), Correlation.Pearson(first, second), 1e-12);
        Assert.Equal(3.5 / Math.Sqrt(5 * 4.5), Correlation.Spearman(first, second), 1e-12);
        Assert.Equal([2, 1, 3.5, 3.5], Correlation.Ranks(second));
    }

    [Fact]
    public void Ranks_count_the_lower_values_and_half_of_the_equal_ones()
    {
        var random = new Random(1);
        double[] values = [.. Enumerable.Range(0, 200).Select(_ => (double)random.Next(40))];
        var ranks = Correlation.Ranks(values);
        for (var i = 0; i < values.Length; i++)
            Assert.Equal(values.Count(v => v < values[i]) + ((values.Count(v => v.Equals(values[i])) + 1) / 2.0), ranks[i]);
    }

    [Fact]
    public void Any_rising_relation_has_rank_correlation_1()
    {
        double[] x = [.. Enumerable.Range(0, 30).Select(i => Math.Sin(i * 7.0))];
        double[] rising = [.. x.Select(Math.Exp)], falling = [.. x.Select(value => -value * value * value)];
        Assert.Equal(1, Correlation.Spearman(x, rising), 1e-12);
        Assert.Equal(-1, Correlation.Spearman(x, falling), 1e-12);
        Assert.InRange(Correlation.Pearson(x, rising), 0.9, 0.99);
        Assert.Equal(1, Correlation.Pearson(x, [.. x.Select(value => (3 * value) + 1)]), 1e-12);
    }

    [Fact]
    public void Is_undefined_for_a_series_that_does_not_vary()
    {
        Assert.True(double.IsNaN(Correlation.Pearson([0.1, 0.1, 0.1], [1, 2, 3])));
        Assert.True(double.IsNaN(Correlation.Spearman([1, 2, 3], [0.1, 0.1, 0.1])));
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        BadInput.Refused("3 and 2 values", () => Correlation.Pearson([1, 2, 3], [1, 2]));
        BadInput.Refused("at least two", () => Correlation.Spearman([1], [1]));
        BadInput.Refused("NaN", () => Correlation.Spearman([1, double.NaN], [1, 2]));
    }
}
