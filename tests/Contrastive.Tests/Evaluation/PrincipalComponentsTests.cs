using Contrastive.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Evaluation;

public sealed class PrincipalComponentsTests
{
    [Theory]
    [InlineData(40, 6)]
    [InlineData(6, 40)]
    [InlineData(5, 5)]
    public void Components_are_orthonormal_and_diagonalize_the_covariance_tall_or_wide(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        var features = Numbers.Normal(rows, columns, 1);
        var count = Math.Min(rows - 1, columns);
        using var components = PrincipalComponents.Fit(Numbers.Matrix(features), count);
        var projected = Numbers.Rows(components.Project(Numbers.Matrix(features)));

        Assert.True(components.Directions.t().mm(components.Directions).allclose(eye(count, dtype: float64), 0, 1e-10));
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b < count; b++)
            {
                var covariance = projected.Sum(row => row[a] * row[b]) / (rows - 1);
                Assert.Equal(a == b ? components.Variance[a] : 0, covariance, 1e-9);
            }
        }

        Assert.Equal(components.Variance.OrderDescending(), components.Variance);
        // All components together explain all of the variance.
        var total = Enumerable.Range(0, columns).Sum(d => features.Sum(row => Math.Pow(row[d] - features.Average(r => r[d]), 2)) / (rows - 1));
        Assert.Equal(total, components.TotalVariance, 1e-9);
        Assert.Equal(1, components.ExplainedVariance.Sum(), 1e-9);
    }

    [Fact]
    public void Finds_the_line_that_points_lie_about()
    {
        using var scope = NewDisposeScope();
        var noise = Numbers.Normal(200, 2, 1);
        double[][] points = [.. noise.Select(n => new[] { 5 + (3 * n[0]), 2 - (4 * n[0]) + (0.01 * n[1]) })];
        using var components = PrincipalComponents.Fit(Numbers.Matrix(points), 1);
        Assert.Equal(-0.6, components.Directions[0, 0].item<double>(), 1e-2); // the larger entry is the positive one
        Assert.Equal(0.8, components.Directions[1, 0].item<double>(), 1e-2);
        Assert.True(components.ExplainedVariance[0] > 0.999);
    }

    [Fact]
    public void Points_that_are_all_equal_explain_nothing()
    {
        using var scope = NewDisposeScope();
        using var components = PrincipalComponents.Fit(ones(5, 3));
        Assert.Equal([0, 0], components.ExplainedVariance);
        Assert.Equal(ScalarType.Float32, components.Project(ones(5, 3)).dtype);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        BadInput.Refused("expected 1 to 3", () => PrincipalComponents.Fit(randn(9, 3), 4));
        using var components = PrincipalComponents.Fit(randn(9, 3));
        BadInput.Refused("expected float [2, 3], the columns that the components were fitted on", () => components.Project(ones(2, 5)));
    }
}
