using Contrastive.Retrieval;
using Contrastive.Tests.Data;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Retrieval;

public sealed class ExactIndexTests
{
    private static readonly float[][] Queries = ExactOracle.Normal(20, 24, 1), Items = ExactOracle.Normal(500, 24, 2);

    [Theory]
    [InlineData(VectorMetric.InnerProduct)]
    [InlineData(VectorMetric.Cosine)]
    public void Finds_what_sorting_all_scores_finds(VectorMetric metric)
    {
        using var scope = NewDisposeScope();
        using var index = ExactIndex.Of(ExactOracle.Matrix(Items), metric);
        var (scores, indices) = index.Search(ExactOracle.Matrix(Queries), 10);
        Assert.Equal(ExactOracle.Find(Queries, Items, 10, Score(metric)), ExactOracle.Indices(indices));
        var (first, found) = (ExactOracle.Scores(scores)[3], ExactOracle.Indices(indices)[3]);
        Assert.Equal(found.Select(i => Score(metric)(Queries[3], Items[i])), first, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void Rounded_vectors_are_searched_as_what_they_were_rounded_to()
    {
        using var scope = NewDisposeScope();
        var items = ExactOracle.Matrix(Items);
        using var halves = ExactIndex.Of(items, precision: VectorPrecision.BFloat16);
        using var rounded = ExactIndex.Of(items.to(bfloat16).to(float32));
        Same(rounded, halves);
        using var same = ExactIndex.Of(items.to(bfloat16), precision: VectorPrecision.BFloat16);
        Same(rounded, same);
        using var bytes = ExactIndex.Of(items, precision: VectorPrecision.Int8);
        var steps = items.abs().amax([1], keepdim: true) / 127;
        using var stepped = ExactIndex.Of((items / steps).round() * steps);
        var (expected, _) = stepped.Search(ExactOracle.Matrix(Queries), 5);
        var (scores, _) = bytes.Search(ExactOracle.Matrix(Queries), 5);
        Assert.True(allclose(expected, scores, 1e-4, 1e-4));
    }

    [Theory]
    [InlineData(VectorPrecision.BFloat16, VectorMetric.InnerProduct)]
    [InlineData(VectorPrecision.Int8, VectorMetric.InnerProduct)]
    [InlineData(VectorPrecision.Int8, VectorMetric.Cosine)]
    public void Rescored_candidates_have_the_scores_of_an_exact_search(VectorPrecision precision, VectorMetric metric)
    {
        using var scope = NewDisposeScope();
        using var exact = ExactIndex.Of(ExactOracle.Matrix(Items), metric);
        using var rescored = ExactIndex.Of(ExactOracle.Matrix(Items), metric, precision, oversampling: 4);
        Same(exact, rescored);
    }

    [Theory]
    [InlineData(VectorPrecision.Float32)]
    [InlineData(VectorPrecision.Int8)]
    public void A_file_is_searched_as_the_tensor_is(VectorPrecision precision)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        Assert.Equal(500, VectorFile.Write(folder.At("items.npy"), Items.Chunk(130).Select(ExactOracle.Matrix)));
        using var index = ExactIndex.Open(folder.At("items.npy"), precision: precision);
        using var exact = ExactIndex.Of(ExactOracle.Matrix(Items));
        Same(exact, index);
    }

    [Fact]
    public void Vectors_of_any_floating_type_are_scored_in_float32()
    {
        using var scope = NewDisposeScope();
        foreach (var type in new[] { float64, float16, bfloat16 })
        {
            var items = ExactOracle.Matrix(Items).to(type);
            using var index = ExactIndex.Of(items);
            using var expected = ExactIndex.Of(items.to(float32));
            var (scores, _) = index.Search(ExactOracle.Matrix(Queries).to(float64), 3);
            Assert.Equal(ScalarType.Float32, scores.dtype);
            Same(expected, index);
        }
    }

    [Fact]
    public void The_tensor_may_be_disposed_by_its_owner()
    {
        var items = ExactOracle.Matrix(Items);
        using var index = ExactIndex.Of(items);
        items.Dispose();
        using var scope = NewDisposeScope();
        using var exact = ExactIndex.Of(ExactOracle.Matrix(Items));
        Same(exact, index);
    }

    [Fact]
    public void Asked_for_more_than_there_is_it_gives_all_it_has()
    {
        using var scope = NewDisposeScope();
        using var index = ExactIndex.Of(ones(3, 2));
        var (scores, indices) = index.Search(ones(4, 2), 10);
        Assert.Equal([4, 3], scores.shape);
        Assert.Equal([0, 1, 2], ExactOracle.Indices(indices)[3]);
        Assert.Equal([0, 3], index.Search(ones(0, 2), 10).Scores.shape);
    }

    [Fact]
    public void A_search_leaves_only_its_two_results_behind()
    {
        using var items = ones(9, 2);
        using var queries = ones(3, 2);
        using var scope = NewDisposeScope();
        using var index = ExactIndex.Of(items, VectorMetric.Cosine, VectorPrecision.Int8, oversampling: 2);
        Assert.Equal(0, scope.DisposablesCount);
        index.Search(queries, 4);
        Assert.Equal(2, scope.DisposablesCount);
    }

    [Fact]
    public void Bad_input_is_refused_by_its_row()
    {
        using var scope = NewDisposeScope();
        var items = ones(9000, 3);
        items[8765, 1] = float.NaN;
        items[8800, 0] = float.PositiveInfinity;
        BadInput.Refused("Row 8765 of vectors", () => ExactIndex.Of(items));
        BadInput.Refused("Row 8765 of vectors", () => ExactIndex.Of(items.to(bfloat16), precision: VectorPrecision.Int8));
        BadInput.Refused("Row 2 of vectors is zero", () => ExactIndex.Of(tensor(new float[,] { { 1, 0 }, { 0, 1 }, { 0, 0 } }), VectorMetric.Cosine));
        using var index = ExactIndex.Of(ones(4, 3));
        BadInput.Refused("Row 1 of queries", () => index.Search(tensor(new float[,] { { 1, 1, 1 }, { 1, float.NaN, 1 } }), 1));
        BadInput.Refused("[2, 4]", () => index.Search(ones(2, 4), 1));
        BadInput.Refused("D, the width of vectors, is 0", () => ExactIndex.Of(ones(2, 0)));
        BadInput.Refused("topK", () => index.Search(ones(2, 3), 0));
        BadInput.Refused("threads", () => index.Search(ones(2, 3), 1, threads: 0));
        using var empty = ExactIndex.Of(ones(0, 3));
        Assert.Contains("nothing to search", Assert.Throws<InvalidOperationException>(() => empty.Search(ones(2, 3), 1)).Message);
    }

    /// <summary>Whose products leave float32 would have a score of infinity, or none at all.</summary>
    [Fact]
    public void Vectors_too_long_or_too_short_for_float32_are_refused_and_those_at_the_border_are_compared()
    {
        using var scope = NewDisposeScope();
        using var index = ExactIndex.Of(tensor(new float[,] { { 9e17f, 0 }, { 0, 2e-18f }, { 1, 1 } }), VectorMetric.Cosine);
        var (scores, indices) = index.Search(tensor(new float[,] { { 0, 3 }, { 2e-18f, 0 } }), 3);
        Assert.Equal([[1, 2, 0], [0, 2, 1]], ExactOracle.Indices(indices));
        Assert.Equal([1, MathF.Sqrt(0.5f), 0], ExactOracle.Scores(scores)[0], (a, b) => Math.Abs(a - b) < 1e-5);
        BadInput.Refused("Row 1 of vectors has length 1E25, and products of such vectors leave float32 (at most 1E18)", () => ExactIndex.Of(tensor(new float[,] { { 1, 0 }, { 0, 1e25f } })));
        BadInput.Refused("Row 0 of queries has length 1E30", () => index.Search(tensor(new float[,] { { 1e30f, 0 } }), 1));
        BadInput.Refused("Row 1 of vectors has length 1E-25, too short", () => ExactIndex.Of(tensor(new float[,] { { 1, 0 }, { 0, 1e-25f } }), VectorMetric.Cosine));
        using var products = ExactIndex.Of(tensor(new float[,] { { 1, 0 }, { 0, 1e-25f } }));
        Assert.Equal([1, 0], ExactOracle.Indices(products.Search(tensor(new float[,] { { 0, 1 } }), 2).Indices)[0]);
    }

    [Theory]
    [InlineData(VectorPrecision.Float32)]
    [InlineData(VectorPrecision.BFloat16)]
    [InlineData(VectorPrecision.Int8)]
    public void After_its_disposal_an_index_says_so_and_may_be_disposed_again(VectorPrecision precision)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        VectorFile.Write(folder.At("items.npy"), [ones(50, 2)]);
        foreach (var index in new[] { ExactIndex.Of(ones(50, 2), precision: precision), ExactIndex.Open(folder.At("items.npy"), precision: precision) })
        {
            index.Dispose();
            index.Dispose();
            Assert.Throws<ObjectDisposedException>(() => index.Search(ones(1, 2), 1));
        }
    }

    private static Func<float[], float[], float> Score(VectorMetric metric) => metric == VectorMetric.InnerProduct
        ? ExactOracle.Dot
        : (query, item) => ExactOracle.Dot(query, item) / MathF.Sqrt(ExactOracle.Dot(query, query) * ExactOracle.Dot(item, item));

    private static void Same(ExactIndex expected, ExactIndex index)
    {
        var queries = ExactOracle.Matrix(Queries);
        var (scores, indices) = expected.Search(queries, 10);
        var (otherScores, otherIndices) = index.Search(queries, 10);
        Assert.Equal(ExactOracle.Indices(indices), ExactOracle.Indices(otherIndices));
        Assert.Equal(ExactOracle.Scores(scores), ExactOracle.Scores(otherScores));
    }
}
