using Contrastive.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Evaluation;

public sealed class TSneTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(12.5)]
    public void Each_point_has_as_many_neighbors_as_the_perplexity_says(double perplexity)
    {
        using var scope = NewDisposeScope();
        var rows = Numbers.Rows(TSneAffinities.Conditional(Numbers.Matrix(Numbers.Normal(60, 4, 1)) * 30, perplexity));
        for (var i = 0; i < rows.Length; i++)
        {
            Assert.Equal(0, rows[i][i]);
            Assert.Equal(1, rows[i].Sum(), 1e-12);
            Assert.Equal(perplexity, Math.Exp(-rows[i].Where(p => p > 0).Sum(p => p * Math.Log(p))), 1e-3);
        }
    }

    [Fact]
    public void Affinities_are_a_symmetric_Gaussian_kernel_of_the_distances()
    {
        using var scope = NewDisposeScope();
        var points = Numbers.Normal(30, 4, 2);
        var conditional = Numbers.Rows(TSneAffinities.Conditional(Numbers.Matrix(points), 6));
        var joint = Numbers.Rows(TSneAffinities.Joint(Numbers.Matrix(points), 6));
        for (var i = 0; i < 30; i++)
        {
            // ln p is linear in the squared distance: its slope is the same for every pair of neighbors.
            var others = Enumerable.Range(0, 30).Where(j => j != i).ToArray();
            double Slope(int j, int k) => (Math.Log(conditional[i][j]) - Math.Log(conditional[i][k]))
                / (Loops.SquaredDistance(points[i], points[j]) - Loops.SquaredDistance(points[i], points[k]));
            Assert.All(others.Skip(2), j => Assert.Equal(Slope(others[0], others[1]), Slope(others[0], j), 1e-6));
            Assert.All(others, j => Assert.Equal((conditional[i][j] + conditional[j][i]) / 60, joint[i][j], 1e-15));
        }
    }

    /// <summary>The Kullback–Leibler divergence of the map (equations 3 and 4).</summary>
    private static double Divergence(double[][] affinities, double[][] places)
    {
        var n = places.Length;
        double Kernel(int i, int j) => i == j ? 0 : 1 / (1 + Loops.SquaredDistance(places[i], places[j]));
        var total = Enumerable.Range(0, n).Sum(i => Enumerable.Range(0, n).Sum(j => Kernel(i, j)));
        return Enumerable.Range(0, n).Sum(i => Enumerable.Range(0, n).Where(j => j != i && affinities[i][j] > 0)
            .Sum(j => affinities[i][j] * Math.Log(affinities[i][j] / (Kernel(i, j) / total))));
    }

    [Fact]
    public void The_first_step_goes_along_the_numeric_gradient_of_the_divergence()
    {
        using var scope = NewDisposeScope();
        var affinities = TSneAffinities.Joint(Numbers.Matrix(Numbers.Normal(20, 4, 3)), 5);
        var places = Numbers.Normal(20, 2, 4);
        var after = Numbers.Rows(TSne.Descend(affinities.to(float32), Numbers.Matrix(places, float32), iterations: 1));
        var p = Numbers.Rows(affinities);
        var center = Enumerable.Range(0, 2).Select(d => places.Average(row => row[d])).ToArray();
        for (var i = 0; i < 20; i++)
        {
            for (var d = 0; d < 2; d++)
            {
                var at = places[i][d];
                places[i][d] = at + 1e-5;
                var above = Divergence(p, places);
                places[i][d] = at - 1e-5;
                var slope = (above - Divergence(p, places)) / 2e-5;
                places[i][d] = at;
                // The rate is 50 for few points; gains start at 1 and shrink to 0.8 because there is no velocity yet.
                Assert.Equal(at - center[d] - (50 * 0.8 * slope), after[i][d], 1e-3);
            }
        }
    }

    [Fact]
    public void Clusters_stay_together_and_neighbors_stay_neighbors()
    {
        using var scope = NewDisposeScope();
        var points = Numbers.Clusters(150, 10, 5, 8, 5);
        var places = TSne.Embed(Numbers.Matrix(points, float32), perplexity: 15, iterations: 300);
        Assert.Equal([150, 2], places.shape);
        var plane = Numbers.Rows(places);
        var nearest = Enumerable.Range(0, 150).Select(i => Enumerable.Range(0, 150).Where(j => j != i).OrderBy(j => Loops.Distance(plane[i], plane[j])).ToArray()).ToArray();
        Assert.True(Enumerable.Range(0, 150).Count(i => nearest[i].Take(5).All(j => j % 5 == i % 5)) >= 148, "clusters mix");
        // Of the five nearest points in ten dimensions a good share is among the ten nearest in the plane (chance: 1 in 15).
        var kept = Enumerable.Range(0, 150).Average(i => Enumerable.Range(0, 150).Where(j => j != i).OrderBy(j => Loops.Distance(points[i], points[j])).Take(5)
            .Count(j => nearest[i].Take(10).Contains(j)) / 5.0);
        Assert.True(kept > 0.6, $"{kept:P0} of the neighbors kept");
    }

    [Fact]
    public void The_same_seed_gives_the_same_picture_and_equal_points_no_trouble()
    {
        using var scope = NewDisposeScope();
        var points = cat([ones(20, 3), Numbers.Matrix(Numbers.Normal(20, 3, 6), float32)], dim: 0);
        var first = TSne.Embed(points, 5, 40, seed: 1).data<float>().ToArray();
        Assert.Equal(first, TSne.Embed(points, 5, 40, seed: 1).data<float>().ToArray());
        Assert.NotEqual(first, TSne.Embed(points, 5, 40, seed: 2).data<float>().ToArray());
        Assert.All(first, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void One_column_is_enough()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([20, 2], TSne.Embed(randn(20, 1), 4, 10).shape);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        BadInput.Refused("below 20", () => TSne.Embed(randn(60, 3)));
        BadInput.Refused("at most 5000", () => TSne.Embed(zeros(5001, 1)));
        BadInput.Refused("iterations is 0; expected at least 1", () => TSne.Embed(randn(60, 3), 5, iterations: 0));
    }
}
