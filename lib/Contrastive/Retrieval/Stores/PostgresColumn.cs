using Contrastive.Torch;
using NpgsqlTypes;

namespace Contrastive.Retrieval;

/// <summary>A further column of a <see cref="PostgresVectorStore"/>'s table, by which results can be filtered.</summary>
public sealed record PostgresColumn
{
    /// <summary>A column.</summary>
    /// <param name="name">Its name: letters, digits and underscores, 50 at most, no digit first. Case counts.</param>
    /// <param name="type">What it holds: <c>typeof(string)</c> (PostgreSQL's text), <c>typeof(long)</c> (bigint), <c>typeof(double)</c> (double
    /// precision) or <c>typeof(bool)</c> (boolean). Each may be null too.</param>
    /// <exception cref="ArgumentException">The name or the type is none of these.</exception>
    public PostgresColumn(string name, Type type)
    {
        Name = PostgresName.Checked(name, nameof(name));
        if (name is PostgresTable.Id or PostgresTable.Embedding)
            throw new ArgumentException($"'{name}' is the store's own column; choose another name.", nameof(name));
        (Type, SqlType, DbType) = (type, Map(type).Sql, Map(type).Db);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it holds.</summary>
    public Type Type { get; }

    internal string SqlType { get; }

    internal NpgsqlDbType DbType { get; }

    /// <summary>A value as the database takes it; an int is a long too.</summary>
    /// <exception cref="ArgumentException">It is of another type.</exception>
    internal object? Value(object? value, string parameter)
    {
        if (value is int number && Type == typeof(long))
            value = (long)number;
        if (value is not null && value.GetType() != Type)
            throw new ArgumentException($"The column '{Name}' holds {Type.Name}, and {value} is {value.GetType().Name}; convert it.", parameter);
        if (value is string text && text.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"A text for the column '{Name}' holds the character U+0000, which PostgreSQL cannot store; remove it.", parameter);
        if (value is string half && HalfSurrogate.IsIn(half))
            throw new ArgumentException($"A text for the column '{Name}', '{half}', holds half of a surrogate pair; expected Unicode text.", parameter);
        return value;
    }

    private static (string Sql, NpgsqlDbType Db) Map(Type type) =>
        type == typeof(string) ? ("text", NpgsqlDbType.Text)
        : type == typeof(long) ? ("bigint", NpgsqlDbType.Bigint)
        : type == typeof(double) ? ("double precision", NpgsqlDbType.Double)
        : type == typeof(bool) ? ("boolean", NpgsqlDbType.Boolean)
        : throw Require.OutOfRange(nameof(type), type?.Name, "typeof(string), typeof(long), typeof(double) or typeof(bool)");
}
