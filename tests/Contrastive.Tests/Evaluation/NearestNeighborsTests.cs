using Contrastive.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Evaluation;

public sealed class NearestNeighborsTests
{
    /// <summary>Section 3.4 of the paper, vote by vote.</summary>
    private static long[] Oracle(double[][] features, long[] labels, double[][] queries, int neighbors, double temperature) =>
    [
        .. queries.Select(query =>
        {
            var nearest = Enumerable.Range(0, features.Length).OrderByDescending(i => Loops.Cosine(query, features[i])).Take(neighbors);
            var votes = new double[labels.Max() + 1];
            foreach (var i in nearest)
                votes[labels[i]] += Math.Exp(Loops.Cosine(query, features[i]) / temperature);
            return (long)Array.IndexOf(votes, votes.Max());
        }),
    ];

    [Theory]
    [InlineData(1, 0.07)]
    [InlineData(5, 0.07)]
    [InlineData(5, 1.0)]
    [InlineData(60, 0.5)]
    [InlineData(20, 0.01)]
    public void Equals_the_vote_written_as_loops(int neighbors, double temperature)
    {
        using var scope = NewDisposeScope();
        var (features, labels, queries) = (Numbers.Normal(60, 5, 1), Numbers.Labels(60, 4, 2), Numbers.Normal(40, 5, 3));
        var predictions = NearestNeighbors.Predict(Numbers.Matrix(features), tensor(labels), Numbers.Matrix(queries), neighbors, temperature);
        Assert.Equal(Oracle(features, labels, queries, neighbors, temperature), predictions.data<long>().ToArray());
    }

    [Fact]
    public void Low_temperatures_do_not_overflow_in_float32()
    {
        using var scope = NewDisposeScope();
        var (features, labels, queries) = (Numbers.Normal(60, 5, 1), Numbers.Labels(60, 4, 2), Numbers.Normal(40, 5, 3));
        var predictions = NearestNeighbors.Predict(
            Numbers.Matrix(features, float32), tensor(labels), Numbers.Matrix(queries, float32), 20, 0.001);
        Assert.Equal(Oracle(features, labels, queries, 1, 1), predictions.data<long>().ToArray()); // in effect the single nearest neighbor
    }

    [Fact]
    public void Accuracy_is_the_share_of_right_predictions()
    {
        using var scope = NewDisposeScope();
        var features = Numbers.Matrix([[1, 0], [0, 1], [-1, 0]]);
        var labels = tensor(new long[] { 0, 1, 2 });
        var queries = Numbers.Matrix([[3, 0.1], [0.1, 2], [-1, 0.1], [1, 0.2]]);
        Assert.Equal(0.75, NearestNeighbors.Accuracy(features, labels, queries, tensor(new long[] { 0, 1, 2, 2 }), neighbors: 1));
    }

    [Fact]
    public void Between_equal_votes_the_lowest_class_wins()
    {
        using var scope = NewDisposeScope();
        var features = Numbers.Matrix([[1, 1], [1, -1], [1, -1], [1, 1]]);
        var predictions = NearestNeighbors.Predict(features, tensor(new long[] { 3, 1, 1, 3 }), Numbers.Matrix([[1, 0]]), neighbors: 4);
        Assert.Equal(1, predictions.item<long>());
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        var (features, labels) = (ones(50, 3), zeros(50, dtype: int64));
        BadInput.Refused("neighbors is 200; expected 1 to 50", () => NearestNeighbors.Accuracy(features, labels, features, labels));
        BadInput.Refused("temperature is 0", () => NearestNeighbors.Predict(features, labels, features, 5, temperature: 0));
        BadInput.Refused("the last size must be equal", () => NearestNeighbors.Predict(features, labels, ones(2, 4), 5));
        BadInput.Refused("expected Int64 [50]", () => NearestNeighbors.Predict(features, labels[..9], features, 5));
        BadInput.Refused("expected Int64 [50]", () => NearestNeighbors.Predict(features, labels.to(float32), features, 5));
        BadInput.Refused("numbered from 0", () => NearestNeighbors.Predict(features, labels - 1, features, 5));
        BadInput.Refused("NaN", () => NearestNeighbors.Predict(features * float.NaN, labels, features, 5));
    }
}
