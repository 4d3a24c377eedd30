using Contrastive.Torch;
using Npgsql;
using NpgsqlTypes;
using Pgvector;
using static System.FormattableString;
using static TorchSharp.torch;

namespace Contrastive.Retrieval;

/// <summary>
/// Vectors in a table of PostgreSQL, by its extension pgvector: <c>id text</c>, <c>embedding vector(D)</c>, and further columns to filter by.
/// The search is exact until <see cref="CreateIndex"/> makes an HNSW index. Equal scores are ordered by id. A store uses one connection at a
/// time; what it writes is written as a whole or not at all.
/// </summary>
/// <example><code>using var store = PostgresVectorStore.Open("Host=localhost;Database=search;Username=me", "passages", 768, VectorMetric.InnerProduct);</code></example>
public sealed class PostgresVectorStore : IVectorStore
{
    /// <summary>The most candidates that pgvector keeps, and so the most results that its HNSW index is asked for.</summary>
    private const int MostCandidates = 1000;

    /// <summary>The most values that pgvector indexes in single precision.</summary>
    private const int MostIndexed = 2000;

    private readonly PostgresConnections _connections;
    private readonly PostgresTable _table;
    private readonly IReadOnlyList<PostgresColumn> _columns;
    private bool _canScanOn;
    private int _expansionSearch = 64;

    private PostgresVectorStore(PostgresConnections connections, PostgresTable table, int dimension, VectorMetric metric, IReadOnlyList<PostgresColumn> columns) =>
        (_connections, _table, Dimension, Metric, _columns) = (connections, table, dimension, metric, columns);

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public VectorMetric Metric { get; }

    /// <inheritdoc/>
    public long Count => _connections.With(connection => Scalar<long>(connection, _table.Count));

    /// <summary>How many candidates are kept while a query is searched through an HNSW index (<c>hnsw.ef_search</c>). A search for more results
    /// keeps as many.</summary>
    /// <value>1 to 1,000; the default is 64. pgvector's own is 40.</value>
    public int ExpansionSearch
    {
        get => _expansionSearch;
        set => _expansionSearch = Require.Between(value, 1, MostCandidates, "pgvector keeps no more", nameof(ExpansionSearch));
    }

    /// <summary>Opens a table, and makes it, and the extension <c>vector</c>, where they are missing.</summary>
    /// <param name="connectionString">Where the database is, in Npgsql's form: <c>Host=localhost;Port=5432;Database=search;Username=me;Password=…</c>.</param>
    /// <param name="table">The table's name, or the schema's and its with a dot between: letters, digits and underscores. Case counts.</param>
    /// <param name="dimension">D, from 1 to 16,000; an index takes at most 2,000.</param>
    /// <param name="metric">How vectors are compared.</param>
    /// <param name="columns">Further columns. A table that is there already must have them.</param>
    /// <exception cref="ArgumentException">A name has other characters, or the connection string cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The database cannot be reached or refuses, has no pgvector, or its table has other columns.</exception>
    public static PostgresVectorStore Open(
        string connectionString, string table, int dimension, VectorMetric metric = VectorMetric.InnerProduct, params IReadOnlyList<PostgresColumn> columns)
    {
        Require.Between(dimension, 1, 16_000, "pgvector stores no more");
        Require.Defined(metric);
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.GroupBy(column => column.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"columns holds '{twice.Key}' twice; expected each name once.", nameof(columns));
        var store = new PostgresVectorStore(new(connectionString), new(table, dimension, metric, columns), dimension, metric, columns);
        try
        {
            store._connections.With(connection =>
            {
                store._canScanOn = PostgresRace.Run(() => PostgresExtension.Ensure(connection)) >= new Version(0, 8);
                return PostgresRace.Run(() => store._table.Prepare(connection));
            });
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The database cannot be reached or refuses, or takes longer than a <c>Command Timeout</c> in the
    /// connection string; without one it may take as long as the server allows.</exception>
    /// <remarks>Further columns of a row that is there already stay as they are; a new row's are null.</remarks>
    public void Upsert(IReadOnlyList<string> ids, Tensor vectors) => Write(ids, vectors, null);

    /// <summary>As the other form, with values for the further columns.</summary>
    /// <param name="ids">N ids, none of them twice.</param>
    /// <param name="vectors">Float <c>[N, D]</c>, finite.</param>
    /// <param name="values">For each further column of the store, by name, N values: strings, longs, doubles, bools or null.</param>
    /// <exception cref="ArgumentException">As in the other form, or a column is missing or unknown, or a value is of another type.</exception>
    public void Upsert(IReadOnlyList<string> ids, Tensor vectors, IReadOnlyDictionary<string, IReadOnlyList<object?>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(ids);
        foreach (var name in values.Keys)
            Column(name, nameof(values));
        Write(ids, vectors, [.. _columns.Select(column => Values(column, values, ids.Count))]);
    }

    /// <summary>Removes rows.</summary>
    /// <param name="ids">Their ids; those that are not there are passed over.</param>
    /// <returns>How many were removed.</returns>
    public long Delete(IReadOnlyList<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return _connections.With(connection =>
        {
            string[] possible = [.. ids.Where(id => !id.Contains('\0', StringComparison.Ordinal) && !HalfSurrogate.IsIn(id))];
            using var command = new NpgsqlCommand(_table.Delete, connection) { Parameters = { new() { Value = possible, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text } } };
            return (long)command.ExecuteNonQuery();
        });
    }

    /// <summary>Makes the HNSW index for this metric, in the place of an older one of this store. From then on searches for fewer than 1,000 results
    /// are approximate, and vectors that are added later are in it. This may take minutes: raise the server's <c>maintenance_work_mem</c> first.</summary>
    /// <param name="connectivity">How many neighbors a vector keeps (m), 2 to 100.</param>
    /// <param name="expansionAdd">How many candidates are kept while they are looked for (ef_construction), from twice the connectivity to 1,000.</param>
    /// <exception cref="InvalidOperationException">The vectors have more than 2,000 values, something else in the database has the
    /// index's name, or the database refuses.</exception>
    public void CreateIndex(int connectivity = 16, int expansionAdd = 64)
    {
        Require.Between(connectivity, 2, 100);
        Require.Between(expansionAdd, 2 * connectivity, 1000, "at least twice the connectivity");
        if (Dimension > MostIndexed)
            throw new InvalidOperationException(Invariant($"pgvector indexes at most {MostIndexed} values in single precision, and these vectors have {Dimension}. Search exactly, or shorten them."));
        _connections.With(connection =>
        {
            using var transaction = connection.BeginTransaction();
            _table.DropIndex(connection);
            Execute(connection, _table.CreateIndex(connectivity, expansionAdd), timeout: 0);
            transaction.Commit();
            return true;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<RankedItem>> Search(Tensor queries, int topK) => Search(queries, topK, new Dictionary<string, object?>());

    /// <summary>The most similar vectors to each query among the rows whose columns have the given values. With an HNSW index, pgvector from
    /// version 0.8 walks on until there are enough of them or 20,000 rows (<c>hnsw.max_scan_tuples</c>) were seen; older ones filter what they
    /// found, so that fewer than <paramref name="topK"/> may remain.</summary>
    /// <param name="queries">Float <c>[Q, D]</c>, finite.</param>
    /// <param name="topK">The most that a query gets, at least 1. From 1,000 on the search is exact.</param>
    /// <param name="filter">Columns' names and the values that they must all have; null finds what has no value.</param>
    /// <returns>For each query ids and similarities, best first; none where no row has these values.</returns>
    /// <exception cref="ArgumentException">The queries do not fit, or a column is unknown or its value of another type.</exception>
    /// <exception cref="InvalidOperationException">The store is empty: there is nothing to search; or the database cannot be reached or refuses.</exception>
    public IReadOnlyList<IReadOnlyList<RankedItem>> Search(Tensor queries, int topK, IReadOnlyDictionary<string, object?> filter)
    {
        Require.AtLeast(topK, 1);
        ArgumentNullException.ThrowIfNull(filter);
        (PostgresColumn Column, object? Value)[] conditions = [.. filter.Select(part => (Column(part.Key, nameof(filter)), Column(part.Key, nameof(filter)).Value(part.Value, nameof(filter))))];
        using var scope = NewDisposeScope();
        var rows = StoreVectors.OfQueries(queries, Dimension, Metric);
        return _connections.With(connection =>
        {
            if (!Scalar<bool>(connection, _table.Any))
                throw new InvalidOperationException("The store is empty: there is nothing to search. Upsert vectors first.");
            using var transaction = connection.BeginTransaction();
            Execute(connection, Settings(topK));
            var results = Search(connection, rows, topK, conditions);
            transaction.Commit();
            return results;
        });
    }

    /// <summary>Closes the connections; the table stays.</summary>
    public void Dispose() => _connections.Dispose();

    private IReadOnlyList<RankedItem>[] Search(NpgsqlConnection connection, StoreVectors rows, int topK, (PostgresColumn Column, object? Value)[] conditions)
    {
        using var command = new NpgsqlCommand(_table.Search(topK, conditions), connection);
        command.Parameters.Add(new() { DataTypeName = "vector" });
        foreach (var (column, value) in conditions.Where(condition => condition.Value is not null))
            command.Parameters.Add(new() { Value = value, NpgsqlDbType = column.DbType });
        var results = new IReadOnlyList<RankedItem>[rows.Count];
        for (var row = 0; row < results.Length; row++)
        {
            rows.Compared(row, vector => command.Parameters[0].Value = new Vector(vector.ToArray()));
            using var reader = command.ExecuteReader();
            var found = new List<RankedItem>();
            while (reader.Read())
                found.Add(new(reader.GetString(0), Similarity(reader.GetDouble(1))));
            results[row] = Ranking.Best([.. found], topK);
        }

        return results;
    }

    /// <summary>pgvector gives the negative inner product, and one minus the cosine.</summary>
    private float Similarity(double distance) => (float)((Metric == VectorMetric.Cosine ? 1 : 0) - distance);

    /// <summary>What holds for one transaction: the index gives no more results than it keeps candidates.</summary>
    private string Settings(int topK) => topK >= MostCandidates
        ? "SET LOCAL enable_indexscan = off"
        : Invariant($"SET LOCAL hnsw.ef_search = {Math.Max(ExpansionSearch, topK + 1)}") + (_canScanOn ? "; SET LOCAL hnsw.iterative_scan = strict_order" : "");

    private void Write(IReadOnlyList<string> ids, Tensor vectors, object?[][]? values)
    {
        using var scope = NewDisposeScope();
        var rows = StoreVectors.OfItems(ids, vectors, Dimension, Metric);
        if (ids.FirstOrDefault(id => id.Contains('\0', StringComparison.Ordinal)) is { } unfit)
            throw new ArgumentException($"The id '{unfit.Replace("\0", "\\0", StringComparison.Ordinal)}' holds the character U+0000, which PostgreSQL cannot store; remove it.", nameof(ids));
        _connections.With(connection =>
        {
            using var transaction = connection.BeginTransaction();
            Execute(connection, _table.CreateIncoming);
            using (var writer = connection.BeginBinaryImport(_table.CopyIncoming(values is not null)))
            {
                writer.Timeout = TimeSpan.FromSeconds(_connections.WriteTimeout);
                for (var row = 0; row < rows.Count; row++)
                    Write(writer, ids[row], rows[row], row, values);
                writer.Complete();
            }

            Execute(connection, _table.Merge(values is not null), _connections.WriteTimeout);
            transaction.Commit();
            return true;
        });
    }

    private void Write(NpgsqlBinaryImporter writer, string id, ReadOnlySpan<float> vector, int row, object?[][]? values)
    {
        writer.StartRow();
        writer.Write(id, NpgsqlDbType.Text);
        writer.Write(new Vector(vector.ToArray()), "vector");
        for (var place = 0; place < (values?.Length ?? 0); place++)
        {
            if (values![place][row] is { } value)
                writer.Write(value, _columns[place].DbType);
            else
                writer.WriteNull();
        }
    }

    private static object?[] Values(PostgresColumn column, IReadOnlyDictionary<string, IReadOnlyList<object?>> values, int count)
    {
        if (!values.TryGetValue(column.Name, out var given))
            throw new ArgumentException($"There are no values for the column '{column.Name}'; pass {count}, which may be null.", nameof(values));
        return given.Count == count ? [.. given.Select(value => column.Value(value, nameof(values)))] : throw new ArgumentException(
            $"There are {given.Count} values for the column '{column.Name}' and {count} ids; expected one value for each id.", nameof(values));
    }

    private PostgresColumn Column(string name, string parameter) => _columns.FirstOrDefault(column => column.Name == name) ?? throw new ArgumentException(
        $"The store has no column '{name}'; {(_columns.Count == 0 ? "it was opened without any" : $"it has {string.Join(", ", _columns.Select(column => column.Name))}")}.", parameter);

    private static void Execute(NpgsqlConnection connection, string statement, int? timeout = null)
    {
        using var command = new NpgsqlCommand(statement, connection);
        command.CommandTimeout = timeout ?? command.CommandTimeout;
        command.ExecuteNonQuery();
    }

    private static T Scalar<T>(NpgsqlConnection connection, string statement)
    {
        using var command = new NpgsqlCommand(statement, connection);
        return (T)command.ExecuteScalar()!;
    }
}
