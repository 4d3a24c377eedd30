using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Retrieval;

public sealed class HnswVectorStoreTests : VectorStoreContract
{
    private const int Count = 4000;

    protected override IVectorStore Make(int dimension, VectorMetric metric) => new HnswVectorStore(dimension, metric, new() { Threads = 1 });

    [Theory]
    [InlineData(VectorMetric.InnerProduct, VectorPrecision.Float32, 0.95)]
    [InlineData(VectorMetric.Cosine, VectorPrecision.Float32, 0.95)]
    [InlineData(VectorMetric.InnerProduct, VectorPrecision.BFloat16, 0.95)]
    [InlineData(VectorMetric.Cosine, VectorPrecision.Int8, 0.9)]
    public void The_default_options_find_nearly_all_of_what_exact_search_finds(VectorMetric metric, VectorPrecision precision, double least)
    {
        using var scope = NewDisposeScope();
        var (items, queries) = (Draw(Count, 2, metric), Draw(100, 3, metric));
        using var store = new HnswVectorStore(32, metric, new() { Precision = precision });
        store.Upsert(Ids(Count), items);
        var results = store.Search(queries, 10);
        var exact = Clusters.Exact(queries, items, 10);
        Assert.InRange(Recall.Of(results, exact), least, 1);
        Assert.All(results, found => Assert.Equal(10, found.Count));
        if (precision == VectorPrecision.Float32)
            Assert.Equal(exact[0][0].Score, results[0][0].Score, 1e-4f);
    }

    [Fact]
    public void By_the_cosine_the_graph_is_the_same_whatever_the_vectors_lengths()
    {
        using var scope = NewDisposeScope();
        var (items, queries) = (Draw(Count, 2), Draw(100, 3));
        var lengths = tensor(Enumerable.Range(0, Count).Select(place => new[] { 1e-17f, 1, 1e17f }[place % 3]).ToArray()).unsqueeze(1);
        using var store = new HnswVectorStore(32, VectorMetric.Cosine);
        store.Upsert(Ids(Count), items * lengths);
        Assert.InRange(Recall.Of(store.Search(queries * 1e-17f, 10), Clusters.Exact(queries, items, 10)), 0.95, 1);
    }

    [Fact]
    public void More_candidates_find_more()
    {
        using var scope = NewDisposeScope();
        var (items, queries) = (Draw(Count, 2), Draw(200, 3));
        using var store = new HnswVectorStore(32, options: new() { Connectivity = 4, ExpansionAdd = 16, ExpansionSearch = 1 });
        store.Upsert(Ids(Count), items);
        var exact = Clusters.Exact(queries, items, 1);
        var few = Recall.Of(store.Search(queries, 1), exact);
        store.ExpansionSearch = 128;
        var many = Recall.Of(store.Search(queries, 1), exact);
        Assert.True(many > few + 0.05, $"recall {few} with one candidate, {many} with 128");
    }

    [Fact]
    public void With_one_thread_the_same_vectors_give_the_same_results_and_any_number_searches_the_same()
    {
        using var scope = NewDisposeScope();
        var (items, queries) = (Draw(Count, 2), Draw(50, 3));
        using var first = new HnswVectorStore(32, options: new() { Threads = 1, ExpansionSearch = 10 });
        using var second = new HnswVectorStore(32, options: new() { Threads = 1, ExpansionSearch = 10 });
        first.Upsert(Ids(Count), items);
        second.Upsert(Ids(Count), items);
        Assert.Equal(first.Search(queries, 10), second.Search(queries, 10));
    }

    [Fact]
    public void More_threads_than_processors_add_and_search_in_safety()
    {
        using var scope = NewDisposeScope();
        var (items, queries) = (Draw(Count, 2), Draw(200, 3));
        using var store = new HnswVectorStore(32, options: new() { Threads = 4 * Environment.ProcessorCount });
        for (var start = 0; start < Count; start += 500)
            store.Upsert(Ids(Count)[start..(start + 500)], items.narrow(0, start, 500));
        Assert.Equal(Count, store.Count);
        Assert.InRange(Recall.Of(store.Search(queries, 10), Clusters.Exact(queries, items, 10)), 0.95, 1);
    }

    [Fact]
    public void Replaced_and_deleted_vectors_are_never_found_again()
    {
        using var scope = NewDisposeScope();
        var (old, items, queries) = (Draw(Count, 2), Draw(Count, 4), Draw(100, 3));
        using var store = new HnswVectorStore(32);
        store.Upsert(Ids(Count), old);
        store.Upsert(Ids(Count), items);
        var results = store.Search(queries, 10);
        Assert.InRange(Recall.Of(results, Clusters.Exact(queries, items, 10)), 0.9, 1);
        var place = int.Parse(results[0][0].Id[1..]);
        Assert.Equal(queries[0].dot(items[place]).item<float>(), results[0][0].Score, 1e-4f);

        var deleted = Ids(Count)[..(Count / 2)];
        Assert.Equal(Count / 2, store.Delete([.. deleted, "unknown"]));
        Assert.Equal(Count / 2, store.Count);
        Assert.Equal(0, store.Delete(deleted));
        Assert.DoesNotContain(store.Search(queries, 20).SelectMany(found => found), item => string.CompareOrdinal(item.Id, Ids(Count)[Count / 2]) < 0);
        Assert.Equal(Count / 2, store.Search(queries.narrow(0, 0, 1), Count)[0].Count);
    }

    [Fact]
    public void It_works_beside_torchs_own_threads()
    {
        using var scope = NewDisposeScope();
        var (items, queries) = (Draw(1000, 2), Draw(20, 3));
        using var store = new HnswVectorStore(32);
        for (var round = 0; round < 5; round++)
        {
            using var inner = NewDisposeScope();
            var product = randn(300, 300).matmul(randn(300, 300)); // libtorch's threads
            store.Upsert(Ids(1000), items);
            Assert.Equal(20, store.Search(queries, 5).Count);
            Assert.True(product.isfinite().all().item<bool>());
        }
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        BadInput.Refused("dimension is 0", () => _ = new HnswVectorStore(0));
        Assert.StartsWith("Connectivity is 1; expected at least 2.", Assert.Throws<ArgumentOutOfRangeException>(() => new HnswVectorStore(2, options: new() { Connectivity = 1 })).Message);
        BadInput.Refused("Connectivity is 1", () => _ = new HnswVectorStore(2, options: new() { Connectivity = 1 }));
        BadInput.Refused("ExpansionAdd is 0", () => _ = new HnswVectorStore(2, options: new() { ExpansionAdd = 0 }));
        BadInput.Refused("ExpansionSearch is 0", () => _ = new HnswVectorStore(2, options: new() { ExpansionSearch = 0 }));
        BadInput.Refused("Threads is 0", () => _ = new HnswVectorStore(2, options: new() { Threads = 0 }));
        using var store = new HnswVectorStore(2);
        BadInput.Refused("ExpansionSearch is 0", () => store.ExpansionSearch = 0);
        BadInput.Refused("direction only", () => _ = new HnswVectorStore(2, VectorMetric.InnerProduct, new() { Precision = VectorPrecision.Int8 }));
    }

    [Fact]
    public void A_missing_native_library_is_named_with_what_to_do() =>
        Assert.Matches("does not load here.*Linux.*libgomp1.*Exact search needs none.*cannot open", HnswIndex.Missing(new("libgomp.so.1: cannot open")).Message);

    private static Tensor Draw(int count, int seed, VectorMetric metric = VectorMetric.Cosine)
    {
        var vectors = Clusters.Draw(count, 32, seed);
        return metric == VectorMetric.Cosine ? nn.functional.normalize(vectors) : vectors;
    }
}
