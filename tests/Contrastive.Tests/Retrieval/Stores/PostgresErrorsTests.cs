using System.Net;
using System.Net.Sockets;
using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Retrieval;

[Collection(PostgresCollection.Name)]
public sealed class PostgresErrorsTests(PostgresServer server)
{
    [Fact]
    public void A_database_that_is_not_there_is_named_without_the_password()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var error = Assert.Throws<InvalidOperationException>(() =>
            PostgresVectorStore.Open($"Host=127.0.0.1;Port={port};Database=search;Username=me;Password=hunter2;Timeout=5", "passages", 3));
        Assert.Contains($"PostgreSQL at 127.0.0.1:{port}, database 'search' cannot be reached", error.Message);
        Assert.Contains("Is the server running", error.Message);
        Assert.DoesNotContain("hunter2", error.ToString());
    }

    [Theory]
    [InlineData("hunter2 is not a connection string")]
    [InlineData("Host=localhost;Password=first;hunter2=second")]
    [InlineData("Host=localhost;Port=hunter2")]
    public void A_connection_string_that_cannot_be_read_is_not_repeated(string text)
    {
        var error = Assert.Throws<ArgumentException>(() => PostgresVectorStore.Open(text, "passages", 3));
        Assert.Contains("The connection string cannot be read; expected 'Host=", error.Message);
        Assert.DoesNotContain("hunter2", error.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("1a")]
    [InlineData("a\"; DROP TABLE passages; --")]
    [InlineData("a'b")]
    [InlineData("public.")]
    [InlineData("a.b.c")]
    [InlineData("tablé")]
    [InlineData("passages\n")]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeef")]
    public void Only_plain_names_are_tables_and_columns(string name)
    {
        BadInput.Refused("is no name for a table or column", () => PostgresVectorStore.Open("Host=localhost", name, 3));
        BadInput.Refused("is no name for a table or column", () => _ = new PostgresColumn(name, typeof(string)));
    }

    [Fact]
    public void Arguments_out_of_range_are_refused_before_any_connection()
    {
        BadInput.Refused("dimension is 16001", () => PostgresVectorStore.Open("Host=localhost", "passages", 16_001));
        BadInput.Refused("'year' twice", () => PostgresVectorStore.Open("Host=localhost", "passages", 3, VectorMetric.Cosine, new PostgresColumn("year", typeof(long)), new PostgresColumn("year", typeof(long))));
        BadInput.Refused("own column", () => _ = new PostgresColumn("embedding", typeof(string)));
        BadInput.Refused("type is Decimal", () => _ = new PostgresColumn("price", typeof(decimal)));
    }

    [Fact]
    public void A_table_with_other_columns_is_refused_by_their_names()
    {
        var table = server.Table();
        PostgresVectorStore.Open(server.ConnectionString, table, 3).Dispose();
        Refused("'embedding' of the table \"" + table + "\" is vector(3); expected vector(4)", table, 4);
        Refused("no column 'year'; expected one of type bigint", table, 3, new PostgresColumn("year", typeof(long)));
        server.Execute($"ALTER TABLE {table} ADD COLUMN year text");
        Refused("'year' of the table \"" + table + "\" is text; expected bigint", table, 3, new PostgresColumn("year", typeof(long)));
        var other = server.Table();
        server.Execute($"CREATE TABLE {other} (id text, embedding vector(3))");
        Refused("'id' of the table \"" + other + "\" is not unique", other, 3);
    }

    [Fact]
    public void Vectors_too_long_for_an_index_are_stored_and_refused_one()
    {
        using var store = PostgresVectorStore.Open(server.ConnectionString, server.Table(), 2001);
        store.Upsert(["a"], TorchSharp.torch.ones(1, 2001));
        Assert.Contains("at most 2000", Assert.Throws<InvalidOperationException>(() => store.CreateIndex()).Message);
        BadInput.Refused("expansionAdd is 20", () => store.CreateIndex(16, 20));
        BadInput.Refused("ExpansionSearch", () => store.ExpansionSearch = 1001);
    }

    [Fact]
    public void A_table_that_was_dropped_meanwhile_is_told()
    {
        var table = server.Table();
        using var store = PostgresVectorStore.Open(server.ConnectionString, table, 3);
        server.Execute($"DROP TABLE {table}");
        Assert.Contains("dropped or renamed", Assert.Throws<InvalidOperationException>(() => store.Count).Message);
    }

    [Fact]
    public void A_server_without_pgvector_is_told_what_it_lacks()
    {
        using var bare = PostgresServer.WithoutPgvector();
        var error = Assert.Throws<InvalidOperationException>(() => PostgresVectorStore.Open(bare.ConnectionString, "passages", 3));
        Assert.Matches("The database 'postgres' at .* has no extension 'vector' \\(pgvector\\).*install it on the server", error.Message);
    }

    private void Refused(string because, string table, int dimension, params PostgresColumn[] columns) =>
        Assert.Contains(because, Assert.Throws<InvalidOperationException>(() => PostgresVectorStore.Open(server.ConnectionString, table, dimension, VectorMetric.InnerProduct, columns)).Message);
}
