using Contrastive.Retrieval;
using Contrastive.Tests.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Retrieval;

/// <summary>What <see cref="IVectorStore"/> promises, for every store: a derived class makes an empty one.</summary>
public abstract class VectorStoreContract
{
    protected abstract IVectorStore Make(int dimension, VectorMetric metric);

    [Theory]
    [InlineData(VectorMetric.InnerProduct)]
    [InlineData(VectorMetric.Cosine)]
    public void Finds_what_a_loop_over_all_vectors_finds_in_its_order_and_with_its_scores(VectorMetric metric)
    {
        using var scope = NewDisposeScope();
        var (items, queries) = (Numbers.Normal(200, 8, 1), Numbers.Normal(5, 8, 2));
        using var store = Make(8, metric);
        store.Upsert(Ids(200), Numbers.Matrix(items));
        var results = store.Search(Numbers.Matrix(queries), 10);
        Assert.Equal((8, metric, 200), (store.Dimension, store.Metric, store.Count));
        Assert.Equal(5, results.Count);
        for (var query = 0; query < 5; query++)
        {
            var expected = items.Select((item, place) => (Id: Ids(200)[place], Score: Similarity(queries[query], item, metric))).OrderByDescending(item => item.Score).Take(10).ToList();
            Assert.Equal(expected.Select(item => item.Id), results[query].Select(item => item.Id));
            Assert.All(results[query].Zip(expected), pair => Assert.Equal(pair.Second.Score, pair.First.Score, 1e-5));
        }
    }

    [Fact]
    public void Equal_scores_have_one_order_also_where_the_list_ends_among_them()
    {
        using var scope = NewDisposeScope();
        using var store = Make(2, VectorMetric.InnerProduct);
        store.Upsert(["a", "b", "c", "d", "e"], ones(5, 2));
        Assert.Equal(["a", "b", "c"], store.Search(ones(1, 2), 3)[0].Select(item => item.Id));
    }

    [Fact]
    public void A_store_of_fewer_gives_all_it_has()
    {
        using var scope = NewDisposeScope();
        using var store = Filled();
        Assert.Equal(["b", "a"], store.Search(tensor(new[] { 1f, 2f }).unsqueeze(0), 100)[0].Select(item => item.Id));
        Assert.Empty(store.Search(ones(0, 2), 1));
    }

    [Fact]
    public void An_empty_store_says_that_there_is_nothing_to_search()
    {
        using var scope = NewDisposeScope();
        using var store = Make(2, VectorMetric.InnerProduct);
        Assert.Equal(0, store.Count);
        Assert.Contains("nothing to search", Assert.Throws<InvalidOperationException>(() => store.Search(ones(1, 2), 1)).Message);
    }

    [Fact]
    public void A_vector_takes_the_place_of_that_with_its_id()
    {
        using var scope = NewDisposeScope();
        using var store = Filled();
        store.Upsert(["c", "b"], tensor(new[,] { { 0f, 5f }, { 7f, 0f } }));
        Assert.Equal(3, store.Count);
        Assert.Equal([new("b", 7), new("a", 1), new("c", 0)], store.Search(tensor(new[] { 1f, 0f }).unsqueeze(0), 3)[0]);
    }

    [Fact]
    public void What_is_refused_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var store = Filled();
        BadInput.Refused("'c' twice", () => store.Upsert(["c", "d", "c"], ones(3, 2)));
        BadInput.Refused("null", () => store.Upsert(["c", null!], ones(2, 2)));
        BadInput.Refused("ids[1], 'x\ud83d', holds half of a surrogate pair", () => store.Upsert(["c", "x\ud83d"], ones(2, 2)));
        BadInput.Refused("[2, 3]", () => store.Upsert(["c", "d"], ones(2, 3)));
        BadInput.Refused("3 ids and 2 vectors", () => store.Upsert(["c", "d", "e"], ones(2, 2)));
        BadInput.Refused("Int64", () => store.Upsert(["c"], ones(1, 2, dtype: int64)));
        BadInput.Refused("Row 1 of vectors ('a') holds NaN", () => store.Upsert(["c", "a"], tensor(new[,] { { 1f, 1f }, { 1f, float.NaN } })));
        BadInput.Refused("Row 0", () => store.Upsert(["c"], full(1, 2, 1e300, dtype: float64)));
        Assert.Equal(2, store.Count);
        Assert.Equal([new("b", 2), new("a", 1)], store.Search(ones(1, 2), 3)[0]);
    }

    [Fact]
    public void Queries_that_do_not_fit_are_refused_by_their_row()
    {
        using var scope = NewDisposeScope();
        using var store = Filled();
        BadInput.Refused("[1, 3]", () => store.Search(ones(1, 3), 1));
        BadInput.Refused("[2]", () => store.Search(ones(2), 1));
        BadInput.Refused("Row 1 of queries holds NaN", () => store.Search(tensor(new[,] { { 1f, 1f }, { float.NegativeInfinity, 0f } }), 1));
        BadInput.Refused("topK is 0", () => store.Search(ones(1, 2), 0));
    }

    [Fact]
    public void A_vector_of_zeros_has_no_cosine_and_is_refused()
    {
        using var scope = NewDisposeScope();
        using var store = Make(2, VectorMetric.Cosine);
        BadInput.Refused("Row 1 of vectors ('b') is zero", () => store.Upsert(["a", "b"], tensor(new[,] { { 1f, 1f }, { 0f, 0f } })));
        store.Upsert(["a"], ones(1, 2));
        BadInput.Refused("Row 0 of queries is zero", () => store.Search(zeros(1, 2), 1));
    }

    [Fact]
    public void By_the_cosine_no_length_counts_unless_it_leaves_single_precision_and_is_refused()
    {
        using var scope = NewDisposeScope();
        using var store = Make(2, VectorMetric.Cosine);
        var (great, small) = (tensor(new[,] { { 9e17f, 0f } }), tensor(new[,] { { 2e-18f, 0f } }));
        store.Upsert(["a great", "a small", "other"], cat([great, small, tensor(new[,] { { 0f, 1f } })]));
        foreach (var query in new[] { tensor(new[,] { { 3f, 0f } }), great, small })
        {
            var found = store.Search(query, 3)[0];
            Assert.Equal(["a great", "a small", "other"], found.Select(item => item.Id));
            Assert.All(found.Zip([1, 1, 0]), pair => Assert.Equal(pair.Second, pair.First.Score, 1e-6f));
        }

        foreach (var length in new[] { 1e25f, 1e-25f })
        {
            BadInput.Refused("Row 1 of vectors ('extreme')", () => store.Upsert(["one", "extreme"], cat([ones(1, 2), full(1, 2, length)])));
            BadInput.Refused("Row 0 of queries", () => store.Search(full(1, 2, length), 1));
        }

        Assert.Equal(3, store.Count);
    }

    [Fact]
    public void Any_type_and_layout_of_the_tensor_will_do_and_it_stays_the_callers()
    {
        using var scope = NewDisposeScope();
        using var store = Make(3, VectorMetric.InnerProduct);
        var columns = tensor(new[,] { { 1.0, 4.0 }, { 2.0, 5.0 }, { 3.0, 6.0 } }, requires_grad: true); // [D, N], float64
        store.Upsert(["a", "b"], columns.t());
        store.Upsert(["c"], ones(1, 3, dtype: bfloat16));
        Assert.Equal([new("b", 15), new("a", 6), new("c", 3)], store.Search(ones(1, 3, dtype: float16), 3)[0]);
        Assert.Equal(21, columns.sum().item<double>());
    }

    [Fact]
    public void An_id_is_any_text()
    {
        using var scope = NewDisposeScope();
        string[] ids = ["", " ", "'; DROP TABLE passages; --", "\"quoted\"", "two\nlines\ttab", "Ü 漢字 👩‍🔬", "\\x", "NULL", "a", "A"];
        using var store = Make(10, VectorMetric.InnerProduct);
        store.Upsert(ids, eye(10));
        Assert.Equal(ids, store.Search(eye(10), 1).Select(results => results[0].Id));
        store.Upsert(ids, eye(10));
        Assert.Equal(10, store.Count);
    }

    [Fact]
    public void No_vectors_are_no_mistake()
    {
        using var scope = NewDisposeScope();
        using var store = Filled();
        store.Upsert([], ones(0, 2));
        Assert.Equal(2, store.Count);
    }

    [Fact]
    public void After_its_disposal_a_store_says_so()
    {
        using var scope = NewDisposeScope();
        var store = Filled();
        store.Dispose();
        store.Dispose();
        Assert.Throws<ObjectDisposedException>(() => store.Search(ones(1, 2), 1));
        Assert.Throws<ObjectDisposedException>(() => store.Upsert(["a"], ones(1, 2)));
        Assert.Throws<ObjectDisposedException>(() => store.Count);
    }

    internal static string[] Ids(int count) => [.. Enumerable.Range(0, count).Select(number => $"d{number:D5}")];

    private static double Similarity(double[] a, double[] b, VectorMetric metric) =>
        metric == VectorMetric.InnerProduct ? Loops.Dot(a, b) : Loops.Dot(a, b) / Math.Sqrt(Loops.Dot(a, a) * Loops.Dot(b, b));

    private IVectorStore Filled()
    {
        var store = Make(2, VectorMetric.InnerProduct);
        store.Upsert(["a", "b"], tensor(new[,] { { 1f, 0f }, { 0f, 2f } }));
        return store;
    }
}
