using System.Text.Json.Nodes;

namespace Contrastive.Kernel.Documents;

/// <summary>Makes outputs in nbformat's form, their keys in the order in which Jupyter writes them.</summary>
internal static class CellOutputs
{
    public static JsonObject Display(IReadOnlyDictionary<string, string> content) => new()
    {
        ["data"] = Data(content),
        ["metadata"] = new JsonObject(),
        ["output_type"] = "display_data",
    };

    public static JsonObject Result(IReadOnlyDictionary<string, string> content, int executionCount) => new()
    {
        ["data"] = Data(content),
        ["execution_count"] = executionCount,
        ["metadata"] = new JsonObject(),
        ["output_type"] = "execute_result",
    };

    public static JsonObject Error(string name, string message, IEnumerable<string> traceback) => new()
    {
        ["ename"] = name,
        ["evalue"] = message,
        ["output_type"] = "error",
        ["traceback"] = new JsonArray([.. traceback.Select(line => (JsonNode)line)]),
    };

    /// <summary>Adds text to the cell's last output if that is the same stream, else begins a new one.</summary>
    public static void AddStream(JsonArray outputs, string name, string text)
    {
        if (outputs.LastOrDefault() is JsonObject last && last["output_type"]!.GetValue<string>() == "stream"
            && last["name"]!.GetValue<string>() == name)
        {
            var lines = (JsonArray)last["text"]!;
            if (lines.Count > 0)
            {
                text = lines[^1]!.GetValue<string>() + text;
                lines.RemoveAt(lines.Count - 1);
            }

            foreach (var line in MultilineText.Write(text).ToArray())
            {
                lines.Add(line!.DeepClone());
            }

            return;
        }

        outputs.Add((JsonNode)new JsonObject { ["name"] = name, ["output_type"] = "stream", ["text"] = MultilineText.Write(text) });
    }

    /// <summary>Text as arrays of lines, binary content (base64) as one string.</summary>
    public static JsonObject Data(IReadOnlyDictionary<string, string> content)
    {
        var data = new JsonObject();
        foreach (var (mimeType, text) in content.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var isText = mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType == "image/svg+xml";
            data[mimeType] = isText ? MultilineText.Write(text) : text;
        }

        return data;
    }
}
