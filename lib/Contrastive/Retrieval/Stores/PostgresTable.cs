using Npgsql;

namespace Contrastive.Retrieval;

/// <summary>The table of a <see cref="PostgresVectorStore"/>: its statements, and whether the database's table is as expected.</summary>
internal sealed class PostgresTable
{
    public const string Id = "id";
    public const string Embedding = "embedding";
    private const string Incoming = "pg_temp.contrastive_incoming";

    private readonly string _name;
    private readonly IReadOnlyList<PostgresColumn> _columns;
    private readonly string _operator;
    private readonly string _operators;
    private readonly string _type;
    private readonly string[] _parts;

    public PostgresTable(string name, int dimension, VectorMetric metric, IReadOnlyList<PostgresColumn> columns)
    {
        _parts = PostgresName.Table(name, nameof(name));
        (_name, _columns, _type) = (PostgresName.Quoted(_parts), columns, FormattableString.Invariant($"vector({dimension})"));
        (_operator, _operators) = metric == VectorMetric.Cosine ? ("<=>", "vector_cosine_ops") : ("<#>", "vector_ip_ops");
    }

    private string Index => $"{_parts[^1]}_hnsw_{(_operator == "<=>" ? "cos" : "ip")}";

    public string Count => $"SELECT count(*) FROM {_name}";

    public string Any => $"SELECT EXISTS (SELECT FROM {_name})";

    public string Delete => $"DELETE FROM {_name} WHERE {Id} = ANY ($1)";

    public string CreateIncoming => $"CREATE TEMPORARY TABLE {Incoming} ({Id} text, {Embedding} {_type}{Further(column => $", {Quoted(column)} {column.SqlType}")}) ON COMMIT DROP";

    public string CopyIncoming(bool withValues) => $"COPY {Incoming} ({Names(withValues)}) FROM STDIN (FORMAT BINARY)";

    /// <summary>In the order of ids, so that two writers never wait for each other.</summary>
    public string Merge(bool withValues) =>
        $"INSERT INTO {_name} ({Names(withValues)}) SELECT {Names(withValues)} FROM {Incoming} ORDER BY {Id} ON CONFLICT ({Id}) DO UPDATE SET "
        + $"{Embedding} = excluded.{Embedding}{(withValues ? Further(column => $", {Quoted(column)} = excluded.{Quoted(column)}") : "")}";

    /// <summary>The nearest rows to the vector $1. Ordering by id too leaves an HNSW index usable: PostgreSQL sorts only within equal distances
    /// (incremental sort).</summary>
    public string Search(int topK, IEnumerable<(PostgresColumn Column, object? Value)> filter)
    {
        var next = 2;
        string[] conditions = [.. filter.Select(part => part.Value is null ? $"{Quoted(part.Column)} IS NULL" : FormattableString.Invariant($"{Quoted(part.Column)} = ${next++}"))];
        var where = conditions.Length == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)} ";
        return FormattableString.Invariant($"SELECT {Id}, {Embedding} {_operator} $1 AS distance FROM {_name} {where}ORDER BY distance, {Id} LIMIT {topK}");
    }

    public string CreateIndex(int connectivity, int expansionAdd) =>
        FormattableString.Invariant($"CREATE INDEX {PostgresName.Quoted(Index)} ON {_name} USING hnsw ({Embedding} {_operators}) WITH (m = {connectivity}, ef_construction = {expansionAdd})");

    /// <summary>Drops this table's older index. Names of indexes belong to the schema: another table's may have it, such as one that was renamed.</summary>
    /// <exception cref="InvalidOperationException">Something that is not this table's has the index's name.</exception>
    public void DropIndex(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            "SELECT n.nspname, i.indrelid = t.oid, i.indrelid::regclass::text FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace "
            + "JOIN pg_class x ON x.relnamespace = t.relnamespace AND x.relname = $2 LEFT JOIN pg_index i ON i.indexrelid = x.oid WHERE t.oid = to_regclass($1)", connection)
        { Parameters = { new() { Value = _name }, new() { Value = Index } } };
        string schema;
        using (var reader = command.ExecuteReader())
        {
            if (!reader.Read())
                return;
            if (reader.IsDBNull(1) || !reader.GetBoolean(1))
                throw new InvalidOperationException(
                    $"The index of the table {_name} would be called '{Index}', which is {(reader.IsDBNull(2) ? "something else's name" : $"an index of the table {reader.GetString(2)}")}; rename that first.");
            schema = reader.GetString(0);
        }

        using var drop = new NpgsqlCommand($"DROP INDEX {PostgresName.Quoted(schema, Index)}", connection);
        drop.ExecuteNonQuery();
    }

    /// <summary>Makes the table where there is none.</summary>
    /// <returns>Whether it was made.</returns>
    /// <exception cref="InvalidOperationException">There is one with other columns.</exception>
    public bool Prepare(NpgsqlConnection connection)
    {
        if (Columns(connection) is { Count: > 0 } existing)
        {
            Check(existing, connection);
            return false;
        }

        using var create = new NpgsqlCommand(
            $"CREATE TABLE {_name} ({Id} text COLLATE \"C\" PRIMARY KEY, {Embedding} {_type} NOT NULL{Further(column => $", {Quoted(column)} {column.SqlType}")})", connection);
        create.ExecuteNonQuery();
        return true;
    }

    private void Check(Dictionary<string, (string Type, bool IsNeverNull)> existing, NpgsqlConnection connection)
    {
        foreach (var (name, type) in _columns.Select(column => (column.Name, column.SqlType)).Prepend((Embedding, _type)).Prepend((Id, "text")))
        {
            if (!existing.TryGetValue(name, out var actual))
                throw new InvalidOperationException($"The table {_name} has no column '{name}'; expected one of type {type}. Add it, or take another table.");
            if (actual.Type != type)
                throw new InvalidOperationException($"The column '{name}' of the table {_name} is {actual.Type}; expected {type}. Open it as it is, or take another table.");
        }

        using var unique = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] WHERE i.indrelid = to_regclass($1) "
            + $"AND i.indisunique AND i.indnkeyatts = 1 AND i.indpred IS NULL AND a.attname = '{Id}')", connection)
        { Parameters = { new() { Value = _name } } };
        if (unique.ExecuteScalar() is not true)
            throw new InvalidOperationException($"The column '{Id}' of the table {_name} is not unique; make it the primary key, or take another table.");
        if (new[] { Id, Embedding }.FirstOrDefault(name => !existing[name].IsNeverNull) is { } nullable)
            throw new InvalidOperationException($"The column '{nullable}' of the table {_name} may be null; run ALTER TABLE {_name} ALTER COLUMN {nullable} SET NOT NULL, or take another table.");
    }

    private Dictionary<string, (string Type, bool IsNeverNull)> Columns(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            "SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped", connection)
        { Parameters = { new() { Value = _name } } };
        using var reader = command.ExecuteReader();
        var columns = new Dictionary<string, (string, bool)>(StringComparer.Ordinal);
        while (reader.Read())
            columns.Add(reader.GetString(0), (reader.GetString(1), reader.GetBoolean(2)));
        return columns;
    }

    private string Names(bool withValues) => $"{Id}, {Embedding}{(withValues ? Further(column => $", {Quoted(column)}") : "")}";

    private string Further(Func<PostgresColumn, string> text) => string.Concat(_columns.Select(text));

    private static string Quoted(PostgresColumn column) => PostgresName.Quoted(column.Name);
}
