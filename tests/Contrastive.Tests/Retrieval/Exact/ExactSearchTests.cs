using Contrastive.Retrieval;
using Contrastive.Tests.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Retrieval;

public sealed class ExactSearchTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 5)]
    [InlineData(7, 13)]
    public void Finds_what_sorting_all_scores_finds_whatever_the_block(int queryCount, int count)
    {
        using var scope = NewDisposeScope();
        var (queries, items) = (Numbers.Normal(queryCount, 4, 1), Numbers.Normal(13, 4, 2));
        foreach (var blockElements in new long[] { 1, 40, 1 << 20 })
        {
            var (scores, places) = ExactSearch.TopK(Numbers.Matrix(queries), Numbers.Matrix(items), count, null, null, blockElements);
            for (var q = 0; q < queryCount; q++)
            {
                var expected = Enumerable.Range(0, 13).OrderByDescending(i => Loops.Dot(queries[q], items[i])).Take(count).ToArray();
                Assert.Equal(expected.Select(i => (long)i), places[q].data<long>().ToArray());
                Assert.Equal(expected.Select(i => Loops.Dot(queries[q], items[i])), scores[q].data<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
            }
        }
    }

    [Fact]
    public void Equal_scores_are_ordered_by_place_also_where_the_list_ends_among_them()
    {
        using var scope = NewDisposeScope();
        var items = Numbers.Matrix([[1], [3], [2], [2], [3], [2], [2], [2]]);
        var (_, places) = ExactSearch.TopK(Numbers.Matrix([[1], [-1], [0]]), items, 4);
        Assert.Equal([1, 4, 2, 3], places[0].data<long>().ToArray());
        Assert.Equal([0, 2, 3, 5], places[1].data<long>().ToArray());
        Assert.Equal([0, 1, 2, 3], places[2].data<long>().ToArray());
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Items_of_the_query_s_own_group_are_not_found(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var items = Numbers.Matrix([[5], [4], [3], [2]], type);
        var (scores, places) = ExactSearch.TopK(
            Numbers.Matrix([[1], [1], [1]], type), items, 3, tensor(new long[] { 7, 8, 9 }), tensor(new long[] { 7, 8, 7, 9 }));
        Assert.Equal([1, 3, -1], places[0].data<long>().ToArray());
        Assert.Equal(double.NegativeInfinity, scores[0, 2].to(float64).item<double>());
        Assert.Equal([0, 2, 3], places[1].data<long>().ToArray());
        Assert.Equal([0, 1, 2], places[2].data<long>().ToArray());
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void Single_and_half_precision_are_scored_in_float32(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (queries, items) = (randn([30, 12], generator: generator).to(type), randn([200, 12], generator: generator).to(type));
        var (scores, places) = ExactSearch.TopK(queries, items, 300);
        var (expected, order) = queries.to(float64).mm(items.to(float64).t()).sort(1, true, true);
        Assert.Equal((ScalarType.Float32, 200L), (scores.dtype, scores.size(1)));
        Assert.True(allclose(expected, scores.to(float64), 1e-4, 1e-4));
        Assert.True((order == places).to(float32).mean().item<float>() > 0.99);
    }

    [Fact]
    public void Leaves_only_its_two_results_behind()
    {
        using var queries = ones(3, 2);
        using var items = ones(9, 2);
        using var scope = NewDisposeScope();
        ExactSearch.TopK(queries, items, 4);
        Assert.Equal(2, scope.DisposablesCount);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        var (queries, items) = (ones(3, 2), ones(9, 2));
        BadInput.Refused("topK", () => ExactSearch.TopK(queries, items, 0));
        BadInput.Refused("nothing to search", () => ExactSearch.TopK(queries, ones(0, 2), 1));
        BadInput.Refused("D, the width of queries, is 0", () => ExactSearch.TopK(ones(2, 0), ones(2, 0), 1));
        BadInput.Refused("Row 1 of items holds NaN", () => ExactSearch.TopK(ones(1, 2, float64), tensor(new double[,] { { 1, 1 }, { double.NaN, 1 } }), 1));
        BadInput.Refused("Int64 [3]", () => ExactSearch.TopK(queries, items, 1, ones(3), ones(9)));
        BadInput.Refused("Row 2 of queries", () => ExactSearch.TopK(tensor(new float[,] { { 1, 1 }, { 1, 1 }, { 1, float.NaN } }), items, 1));
        BadInput.Refused("[9, 3]", () => ExactSearch.TopK(queries, ones(9, 3), 1));
        BadInput.Refused("Float64", () => ExactSearch.TopK(queries, items.to(float64), 1));
        BadInput.Refused("both or neither", () => ExactSearch.TopK(queries, items, 1, arange(3)));
        BadInput.Refused("one for each item", () => ExactSearch.TopK(queries, items, 1, arange(3), arange(3)));
    }
}
