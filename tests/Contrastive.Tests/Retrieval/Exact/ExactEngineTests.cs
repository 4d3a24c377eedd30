using Contrastive.Retrieval;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Retrieval;

public sealed unsafe class ExactEngineTests
{
    /// <summary>Every number of registers and of rows left over at an end, more items than a part, fewer than a thread each.</summary>
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(1, 3, 5, 3)]
    [InlineData(9, 2, 7, 4)]
    [InlineData(17, 33, 70, 10)]
    [InlineData(40, 128, 1031, 8)]
    [InlineData(100, 5, 301, 301)]
    [InlineData(3, 2, 40_001, 25)]
    public void Scores_are_the_sums_in_order_to_the_last_bit_whatever_the_registers_and_threads(int queryCount, int dimension, int itemCount, int topK)
    {
        using var scope = NewDisposeScope();
        var (queries, items) = (ExactOracle.Normal(queryCount, dimension, 1), ExactOracle.Normal(itemCount, dimension, 2));
        var expected = ExactOracle.Find(queries, items, topK, ExactOracle.Dot);
        var (asked, stored) = (ExactOracle.Matrix(queries), ExactOracle.Matrix(items));
        foreach (var isWide in new[] { true, false })
        {
            foreach (var threads in new[] { 1, 3 })
            {
                var (scores, indices) = (empty([queryCount, topK], float32), empty([queryCount, topK], int64));
                ExactEngine.Search(
                    new Float32Rows(TensorVectors.First<float>(stored), itemCount, dimension, factors: null), asked, scores, indices, threads, groups: null, isWide);
                Assert.Equal(expected, ExactOracle.Indices(indices));
                Assert.Equal(expected.Select((row, q) => row.Select(i => ExactOracle.Dot(queries[q], items[i])).ToArray()), ExactOracle.Scores(scores));
            }
        }
    }

    [Fact]
    public void Equal_vectors_have_equal_scores_wherever_they_stand_and_come_in_their_order()
    {
        using var scope = NewDisposeScope();
        var different = ExactOracle.Normal(7, 16, 3);
        var items = Enumerable.Range(0, 20_003).Select(i => different[i % 7]).ToArray();
        var (queries, topK) = (ExactOracle.Normal(5, 16, 4), 5000);
        var expected = ExactOracle.Find(queries, items, topK, ExactOracle.Dot);
        var (scores, indices) = (empty([5, topK], float32), empty([5, topK], int64));
        var stored = ExactOracle.Matrix(items);
        ExactEngine.Search(new Float32Rows(TensorVectors.First<float>(stored), items.Length, 16, factors: null), ExactOracle.Matrix(queries), scores, indices, threads: 2);
        Assert.Equal(expected, ExactOracle.Indices(indices));
    }

    [Fact]
    public void A_negative_zero_ties_with_zero()
    {
        using var scope = NewDisposeScope();
        var stored = tensor(new float[,] { { 0f }, { -0f }, { 0f }, { -1f } });
        var (scores, indices) = (empty([1, 4], float32), empty([1, 4], int64));
        ExactEngine.Search(new Float32Rows(TensorVectors.First<float>(stored), 4, 1, factors: null), tensor(new float[,] { { -2f } }), scores, indices, threads: 1);
        Assert.Equal([3, 0, 1, 2], ExactOracle.Indices(indices)[0]);
    }

    /// <summary>1,100 queries are more than are searched for together; of the groups a query's own is left out.</summary>
    [Fact]
    public void Groups_belong_to_their_queries_also_in_a_later_block()
    {
        using var scope = NewDisposeScope();
        var (queries, items) = (ExactOracle.Normal(1100, 4, 5), ExactOracle.Normal(60, 4, 6));
        var (queryGroups, itemGroups) = (Enumerable.Range(0, 1100).Select(i => i % 7L).ToArray(), Enumerable.Range(0, 60).Select(i => i % 5L).ToArray());
        var stored = ExactOracle.Matrix(items);
        var (scores, indices) = (empty([1100, 52], float32), empty([1100, 52], int64));
        ExactEngine.Search(
            new Float32Rows(TensorVectors.First<float>(stored), 60, 4, factors: null), ExactOracle.Matrix(queries), scores, indices, 2, new GroupFilter(queryGroups, itemGroups));
        var found = ExactOracle.Indices(indices);
        for (var q = 0; q < 1100; q++)
        {
            var allowed = Enumerable.Range(0, 60).Where(i => itemGroups[i] != queryGroups[q]).OrderByDescending(i => ExactOracle.Dot(queries[q], items[i])).ThenBy(i => i);
            Assert.Equal(allowed.Concat(Enumerable.Repeat(-1, 60)).Take(52), found[q]);
        }
    }
}
