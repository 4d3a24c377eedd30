using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Retrieval;

[Collection(PostgresCollection.Name)]
public sealed class PostgresVectorStoreTests(PostgresServer server) : VectorStoreContract
{
    private static readonly PostgresColumn[] Columns = [new("language", typeof(string)), new("year", typeof(long)), new("weight", typeof(double)), new("isDraft", typeof(bool))];

    protected override IVectorStore Make(int dimension, VectorMetric metric) => PostgresVectorStore.Open(server.ConnectionString, server.Table(), dimension, metric);

    [Theory]
    [InlineData(VectorMetric.InnerProduct)]
    [InlineData(VectorMetric.Cosine)]
    public void An_index_finds_nearly_all_of_what_exact_search_finds_and_is_used(VectorMetric metric)
    {
        using var scope = NewDisposeScope();
        var (items, queries) = (nn.functional.normalize(Clusters.Draw(600, 16, 2)), nn.functional.normalize(Clusters.Draw(30, 16, 3)));
        var table = server.Table();
        using var store = PostgresVectorStore.Open(server.ConnectionString, table, 16, metric);
        store.Upsert(Ids(600), items);
        var exact = Clusters.Exact(queries, items, 10);
        Assert.Equal(1, Recall.Of(store.Search(queries, 10), exact));

        store.CreateIndex();
        store.CreateIndex(connectivity: 8, expansionAdd: 32);
        server.Execute($"ANALYZE {table}");
        var results = store.Search(queries, 10);
        Assert.InRange(Recall.Of(results, exact), 0.95, 1);
        Assert.Equal(exact[0][0].Score, results[0][0].Score, 1e-5f);
        Assert.Equal(1L, server.Execute($"SELECT count(*) FROM pg_indexes WHERE tablename = '{table}' AND indexdef LIKE '%hnsw%m=''8''%'"));
        Assert.Equal(200, store.Search(queries.narrow(0, 0, 1), 200)[0].Count);
        Assert.Equal(600, store.Search(queries.narrow(0, 0, 1), 5000)[0].Count);
    }

    [Fact]
    public void Ordering_by_id_too_leaves_the_index_usable()
    {
        using var scope = NewDisposeScope();
        var table = server.Table();
        using var store = PostgresVectorStore.Open(server.ConnectionString, table, 4);
        store.Upsert(Ids(2000), Clusters.Draw(2000, 4, 2));
        store.CreateIndex();
        server.Execute($"ANALYZE {table}");
        var statement = new PostgresTable(table, 4, VectorMetric.InnerProduct, []).Search(10, []).Replace("$1", "'[1,2,3,4]'");
        Assert.Contains($"{table}_hnsw_ip", (string)server.Execute($"EXPLAIN (FORMAT JSON) {statement}")!);
    }

    [Fact]
    public void Results_are_filtered_by_columns_of_each_type()
    {
        using var scope = NewDisposeScope();
        using var store = WithColumns(server.Table());
        Assert.Equal(["c", "b", "a"], Found(store, []));
        Assert.Equal(["b", "a"], Found(store, new() { ["language"] = "de" }));
        Assert.Equal(["b"], Found(store, new() { ["language"] = "de", ["year"] = 2020 }));
        Assert.Equal(["a"], Found(store, new() { ["weight"] = 0.5 }));
        Assert.Equal(["c", "b"], Found(store, new() { ["isDraft"] = true }));
        Assert.Equal(["c"], Found(store, new() { ["language"] = null, ["isDraft"] = true }));
        Assert.Empty(Found(store, new() { ["language"] = "'; DROP TABLE passages; --" }));
        store.CreateIndex();
        Assert.Equal(["b", "a"], Found(store, new() { ["language"] = "de" }));
    }

    [Fact]
    public void Values_are_replaced_with_the_vector_only_where_they_are_given()
    {
        using var scope = NewDisposeScope();
        using var store = WithColumns(server.Table());
        store.Upsert(["a"], full(1, 2, 9f));
        Assert.Equal(["a", "b"], Found(store, new() { ["language"] = "de" }));
        store.Upsert(["a"], full(1, 2, 9f), Values(["fr"], [1L], [null], [null]));
        Assert.Equal(["b"], Found(store, new() { ["language"] = "de" }));
    }

    [Fact]
    public void Columns_and_values_that_do_not_fit_are_refused_by_name()
    {
        using var scope = NewDisposeScope();
        using var store = WithColumns(server.Table());
        BadInput.Refused("no column 'author'; it has language, year", () => Found(store, new() { ["author"] = "x" }));
        BadInput.Refused("'year' holds Int64, and 2020 is String", () => Found(store, new() { ["year"] = "2020" }));
        BadInput.Refused("no values for the column 'isDraft'", () => store.Upsert(["a"], ones(1, 2), new Dictionary<string, IReadOnlyList<object?>> { ["language"] = ["de"], ["year"] = [1L], ["weight"] = [1.0] }));
        BadInput.Refused("0 values for the column 'language' and 1 ids", () => store.Upsert(["a"], ones(1, 2), Values([], [1L], [null], [null])));
        BadInput.Refused("U+0000", () => store.Upsert(["a\0"], ones(1, 2)));
        BadInput.Refused("U+0000", () => store.Upsert(["a"], ones(1, 2), Values(["\0"], [1L], [null], [null])));
        BadInput.Refused("half of a surrogate pair", () => store.Upsert(["a"], ones(1, 2), Values(["\ud800"], [1L], [null], [null])));
        Assert.Equal(0, store.Delete(["a\0", "\ud800"]));
        Assert.Equal(["c", "b", "a"], Found(store, []));
    }

    [Fact]
    public void A_batch_that_the_database_refuses_leaves_nothing_behind()
    {
        using var scope = NewDisposeScope();
        var table = server.Table();
        using var store = PostgresVectorStore.Open(server.ConnectionString, table, 2);
        store.Upsert(["a"], ones(1, 2));
        server.Execute($"ALTER TABLE {table} ADD CHECK (id <> 'forbidden')");
        Assert.Contains("refuses", Assert.Throws<InvalidOperationException>(() => store.Upsert(["a", "b", "forbidden"], zeros(3, 2))).Message);
        Assert.Equal([new("a", 2)], store.Search(ones(1, 2), 5)[0]);
        store.Upsert(["b"], ones(1, 2));
        Assert.Equal(2, store.Count);
        Assert.Equal(1, store.Delete(["b", "unknown", "'; DROP TABLE x; --"]));
        Assert.Equal(1, store.Count);
    }

    [Fact]
    public void A_table_is_opened_again_as_it_was()
    {
        using var scope = NewDisposeScope();
        var table = server.Table();
        WithColumns(table).Dispose();
        using var again = PostgresVectorStore.Open(server.ConnectionString, $"public.{table}", 2, VectorMetric.Cosine, Columns);
        Assert.Equal(3, again.Count);
        Assert.Equal(1, again.Search(ones(1, 2), 1)[0][0].Score, 1e-6f);
        using var fewer = PostgresVectorStore.Open(server.ConnectionString, table, 2, VectorMetric.Cosine);
        Assert.Equal(3, fewer.Count);
    }

    private PostgresVectorStore WithColumns(string table)
    {
        var store = PostgresVectorStore.Open(server.ConnectionString, table, 2, VectorMetric.InnerProduct, Columns);
        store.Upsert(["a", "b", "c"], tensor(new[,] { { 1f, 1f }, { 2f, 2f }, { 3f, 3f } }), Values(["de", "de", null], [2019L, 2020L, 2021L], [0.5, 1.0, null], [false, true, true]));
        return store;
    }

    private static string[] Found(PostgresVectorStore store, Dictionary<string, object?> filter) => [.. store.Search(ones(1, 2), 10, filter)[0].Select(item => item.Id)];

    private static Dictionary<string, IReadOnlyList<object?>> Values(object?[] languages, object?[] years, object?[] weights, object?[] drafts) =>
        new() { ["language"] = languages, ["year"] = years, ["weight"] = weights, ["isDraft"] = drafts };
}
