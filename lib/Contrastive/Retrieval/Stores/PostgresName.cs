using System.Text.RegularExpressions;

namespace Contrastive.Retrieval;

/// <summary>Names of tables and columns. They cannot be parameters of a statement, so nothing but a plain name gets into one, and in quotes.</summary>
internal static partial class PostgresName
{
    /// <summary>PostgreSQL cuts names off after 63 bytes; the rest is for the names of indexes.</summary>
    private const int MostCharacters = 50;

    /// <exception cref="ArgumentException">The name has other characters, or too many.</exception>
    public static string Checked(string name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        return Plain().IsMatch(name) && name.Length <= MostCharacters ? name : throw new ArgumentException(
            $"'{name}' is no name for a table or column here; expected at most {MostCharacters} letters (a to z, A to Z), digits and underscores, no digit first.", parameter);
    }

    /// <summary>A table's name, with or without that of a schema and a dot before it, as its parts.</summary>
    public static string[] Table(string name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        var parts = name.Split('.', 2);
        return Array.ConvertAll(parts, part => Checked(part, parameter));
    }

    public static string Quoted(params IEnumerable<string> parts) => string.Join('.', parts.Select(part => $"\"{part}\""));

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Plain();
}
