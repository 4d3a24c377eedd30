using System.Text.Json;

namespace Contrastive.Data;

/// <summary>One JSON object a line, read one at a time; blank lines are skipped.</summary>
internal static class JsonLines
{
    /// <summary>Reads one value from its first token to its last. What is wrong with it is a <see cref="JsonException"/>.</summary>
    public delegate T Parser<out T>(ref Utf8JsonReader json);

    /// <summary>The values, each with the number of its line.</summary>
    /// <exception cref="InvalidDataException">A line is not UTF-8, not JSON, or not what the parser expects; the message says which line and
    /// what is wrong.</exception>
    public static IEnumerable<(int Line, T Value)> Read<T>(StreamedFile file, Parser<T> parse)
    {
        using var lines = new LineReader(file);
        while (lines.Next())
        {
            if (!lines.Line.Trim(" \t"u8).IsEmpty)
                yield return (lines.Number, Parse(lines, parse));
        }
    }

    private static T Parse<T>(LineReader lines, Parser<T> parse)
    {
        try
        {
            var json = new Utf8JsonReader(lines.Line);
            var value = parse(ref json);
            json.Read(); // fails if anything follows
            return value;
        }
        catch (JsonException error)
        {
            throw lines.Wrong(JsonFields.What(error));
        }
    }
}
