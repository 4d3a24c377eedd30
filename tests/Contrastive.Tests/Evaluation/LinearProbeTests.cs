using Contrastive.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Evaluation;

public sealed class LinearProbeTests
{
    /// <summary>The objective as loops, at weights on standardized features.</summary>
    private static double Objective(double[][] features, long[] labels, double[][] weights, double[] bias, double l2)
    {
        var total = 0.0;
        for (var i = 0; i < features.Length; i++)
        {
            var scores = bias.Select((b, c) => b + Enumerable.Range(0, features[i].Length).Sum(d => features[i][d] * weights[d][c])).ToArray();
            total += Math.Log(scores.Sum(Math.Exp)) - scores[labels[i]];
        }

        return (total / features.Length) + (0.5 * l2 * weights.Sum(row => row.Sum(w => w * w)));
    }

    /// <summary>Scales to zero mean and unit standard deviation; returns the deviations.</summary>
    private static (double[][] Standardized, double[] Mean, double[] Deviation) Standardize(double[][] features)
    {
        var width = features[0].Length;
        var mean = Enumerable.Range(0, width).Select(d => features.Average(row => row[d])).ToArray();
        var deviation = Enumerable.Range(0, width).Select(d => Math.Sqrt(features.Average(row => Math.Pow(row[d] - mean[d], 2)))).ToArray();
        return ([.. features.Select(row => row.Select((x, d) => (x - mean[d]) / deviation[d]).ToArray())], mean, deviation);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.001)]
    public void Its_solution_is_the_minimum_of_the_objective_written_as_loops(double l2)
    {
        using var scope = NewDisposeScope();
        var (features, labels) = (Numbers.Clusters(60, 4, 3, 1, 1), Enumerable.Range(0, 60).Select(i => i % 3L).ToArray());
        foreach (var row in features)
            row[0] = (row[0] * 50) + 7; // scales differ
        using var probe = LinearProbe.Fit(Numbers.Matrix(features), tensor(labels), l2, tolerance: 1e-9);

        var (standardized, mean, deviation) = Standardize(features);
        var weights = Numbers.Rows(probe.Weight).Select((row, d) => row.Select(w => w * deviation[d]).ToArray()).ToArray();
        var bias = probe.Bias.data<double>().ToArray().Select((b, c) => b + mean.Select((m, d) => m * weights[d][c] / deviation[d]).Sum()).ToArray();
        var least = Objective(standardized, labels, weights, bias, l2);
        Assert.Equal(least, probe.Loss, 1e-9);
        // The objective is convex, so a point from which every coordinate leads upward, equally on both sides, is its minimum.
        const double Move = 1e-3;
        foreach (var row in weights.Append(bias))
        {
            for (var c = 0; c < row.Length; c++)
            {
                var at = row[c];
                row[c] = at + Move;
                var above = Objective(standardized, labels, weights, bias, l2);
                row[c] = at - Move;
                var below = Objective(standardized, labels, weights, bias, l2);
                row[c] = at;
                Assert.Equal(0, (above - below) / (2 * Move), 1e-6);
            }
        }
    }

    [Fact]
    public void Separates_clusters_and_predicts_what_its_scores_say()
    {
        using var scope = NewDisposeScope();
        var (train, test) = (Numbers.Clusters(300, 8, 4, 9, 1), Numbers.Clusters(80, 8, 4, 9, 2));
        var (trainLabels, testLabels) = (arange(300) % 4, arange(80) % 4);
        using var probe = LinearProbe.Fit(Numbers.Matrix(train, float32), trainLabels);
        var scores = probe.Scores(Numbers.Matrix(test, float32));
        Assert.Equal([80, 4], scores.shape);
        Assert.Equal(scores.argmax(1).data<long>().ToArray(), probe.Predict(Numbers.Matrix(test, float32)).data<long>().ToArray());
        Assert.Equal(1.0, probe.Accuracy(Numbers.Matrix(test, float32), testLabels));
        Assert.Equal(1.0, LinearProbe.Accuracy(Numbers.Matrix(train), trainLabels, Numbers.Matrix(test), testLabels));
    }

    [Fact]
    public void The_scale_and_origin_of_the_features_do_not_matter()
    {
        using var scope = NewDisposeScope();
        var features = Numbers.Matrix(Numbers.Clusters(90, 5, 3, 1, 3));
        var labels = arange(90) % 3;
        using var plain = LinearProbe.Fit(features, labels);
        using var moved = LinearProbe.Fit((features * 1000) - 40, labels);
        Assert.True(plain.Scores(features).allclose(moved.Scores((features * 1000) - 40), 1e-3, 1e-3));
    }

    [Fact]
    public void Columns_that_never_vary_do_no_harm()
    {
        using var scope = NewDisposeScope();
        var features = Numbers.Matrix(Numbers.Clusters(90, 5, 3, 6, 3), float32);
        var labels = arange(90) % 3;
        var padded = cat([features, zeros(90, 1), full(90, 1, 0.1f)], dim: 1);
        Assert.Equal(LinearProbe.Accuracy(features, labels, features, labels), LinearProbe.Accuracy(padded, labels, padded, labels));
    }

    [Fact]
    public void Two_fits_are_equal_to_the_last_bit()
    {
        using var scope = NewDisposeScope();
        var features = Numbers.Matrix(Numbers.Normal(200, 10, 5), float32);
        var labels = tensor(Numbers.Labels(200, 5, 6));
        using var first = LinearProbe.Fit(features, labels);
        using var second = LinearProbe.Fit(features, labels);
        Assert.Equal(first.Weight.data<float>().ToArray(), second.Weight.data<float>().ToArray());
    }

    [Fact]
    public void Leaves_only_the_probe_behind()
    {
        using var features = randn(40, 6);
        using var labels = arange(40) % 4;
        using var scope = NewDisposeScope();
        using var probe = LinearProbe.Fit(features, labels.to(int64));
        probe.Accuracy(features, labels);
        Assert.InRange(scope.DisposablesCount, 0, 1); // the converted labels above, if the conversion makes a new tensor
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        var (features, labels) = (randn(20, 3), arange(20) % 2);
        BadInput.Refused("at least two classes", () => LinearProbe.Fit(features, zeros(20, dtype: int64)));
        BadInput.Refused("l2 is -1", () => LinearProbe.Fit(features, labels, l2: -1));
        BadInput.Refused("expected at least 1", () => LinearProbe.Fit(features, labels, iterations: 0));
        BadInput.Refused("NaN", () => LinearProbe.Fit(features / 0, labels));
        using var probe = LinearProbe.Fit(features, labels);
        BadInput.Refused("expected float [2, 3], the columns that the probe was fitted on", () => probe.Predict(ones(2, 4)));
    }
}
