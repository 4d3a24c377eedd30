using System.Net;
using System.Net.Sockets;
using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using Npgsql;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Retrieval;

[Collection(PostgresCollection.Name)]
public sealed class PostgresErrorsTests(PostgresServer server)
{
    [Fact]
    public void A_database_that_is_not_there_is_named_without_the_password()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // taken, and nobody listens
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
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
        server.Execute($"ALTER TABLE {other} ADD UNIQUE (id)");
        Refused("'id' of the table \"" + other + "\" may be null; run ALTER TABLE \"" + other + "\" ALTER COLUMN id SET NOT NULL", other, 3);
        server.Execute($"ALTER TABLE {other} ALTER COLUMN id SET NOT NULL");
        Refused("'embedding' of the table \"" + other + "\" may be null", other, 3);
    }

    [Fact]
    public void Vectors_too_long_for_an_index_are_stored_and_refused_one()
    {
        using var store = PostgresVectorStore.Open(server.ConnectionString, server.Table(), 2001);
        store.Upsert(["a"], ones(1, 2001));
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
    public void An_index_of_another_table_is_not_dropped()
    {
        var (table, renamed) = (server.Table(), server.Table());
        using (var older = PostgresVectorStore.Open(server.ConnectionString, table, 3))
            older.CreateIndex();
        server.Execute($"ALTER TABLE {table} RENAME TO {renamed}");
        using var store = PostgresVectorStore.Open(server.ConnectionString, table, 3);
        Assert.Contains($"'{table}_hnsw_ip', which is an index of the table {renamed}; rename that first", Assert.Throws<InvalidOperationException>(() => store.CreateIndex()).Message);
        Assert.Equal(1L, server.Execute($"SELECT count(*) FROM pg_indexes WHERE tablename = '{renamed}' AND indexname = '{table}_hnsw_ip'"));
        server.Execute($"DROP INDEX {table}_hnsw_ip");
        server.Execute($"CREATE SEQUENCE {table}_hnsw_ip OWNED BY {table}.id");
        Assert.Contains("which is something else's name", Assert.Throws<InvalidOperationException>(() => store.CreateIndex()).Message);
    }

    [Fact]
    public void What_takes_too_long_or_breaks_off_is_told_without_a_claim_about_what_was_stored()
    {
        using var connections = new PostgresConnections($"{server.ConnectionString};Command Timeout=7");
        string Told(Exception? inner) => Assert.Throws<InvalidOperationException>(() => connections.With<int>(_ => throw new NpgsqlException("Exception while reading from stream", inner))).Message;
        Assert.Contains("the answer took longer than Command Timeout=7 seconds; raise it in the connection string (0 waits as long as it takes). A change is", Told(new TimeoutException()));
        Assert.Contains("the connection failed: Exception while reading from stream. A change is stored as a whole or not at all", Told(new IOException()));
    }

    [Fact]
    public void What_writes_many_rows_has_time_unless_the_connection_string_limits_it()
    {
        using var unlimited = new PostgresConnections("Host=localhost");
        using var limited = new PostgresConnections("Host=localhost;Command Timeout=7");
        Assert.Equal((0, 7), (unlimited.WriteTimeout, limited.WriteTimeout));
    }

    [Fact]
    public void Who_comes_second_in_making_a_table_finds_it_made()
    {
        var tries = 0;
        bool Ensure(string state) => tries++ > 0 ? true : throw new PostgresException("already exists", "ERROR", "ERROR", state);
        Assert.True(PostgresRace.Run(() => Ensure(PostgresErrorCodes.UniqueViolation)));
        Assert.Equal(2, tries);
        tries = 0;
        Assert.Throws<PostgresException>(() => PostgresRace.Run(() => Ensure(PostgresErrorCodes.InsufficientPrivilege)));
        Assert.Throws<PostgresException>(() => PostgresRace.Run<bool>(() => throw new PostgresException("", "", "", PostgresErrorCodes.DuplicateTable)));
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
