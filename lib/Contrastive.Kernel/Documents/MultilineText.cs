using System.Text.Json.Nodes;

namespace Contrastive.Kernel.Documents;

/// <summary>nbformat's multiline text: one string, or an array of lines that keep their line endings.</summary>
internal static class MultilineText
{
    /// <summary>Joins the text, or returns null if the node is neither a string nor an array of strings.</summary>
    public static string? Read(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonArray lines when lines.All(line => line is JsonValue value && value.TryGetValue<string>(out _)) =>
            string.Concat(lines.Select(line => line!.GetValue<string>())),
        _ => null,
    };

    /// <summary>Splits the text after each line feed, as Jupyter writes it.</summary>
    public static JsonArray Write(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end + 1;
            lines.Add((JsonNode)text[start..next]);
            start = next;
        }

        return lines;
    }
}
