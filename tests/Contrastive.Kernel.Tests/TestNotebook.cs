using System.Text.Json.Nodes;
using Contrastive.Kernel.Documents;

namespace Contrastive.Kernel.Tests;

/// <summary>Makes notebooks from cells' sources: a source that begins with a # and a space is Markdown.</summary>
internal static class TestNotebook
{
    public static Notebook Of(params string[] sources) => Notebook.Parse(Json(sources));

    public static string Json(params string[] sources)
    {
        var cells = new JsonArray();
        foreach (var source in sources)
        {
            var isMarkdown = source.StartsWith("# ", StringComparison.Ordinal);
            var cell = new JsonObject { ["cell_type"] = isMarkdown ? "markdown" : "code", ["id"] = $"c{cells.Count}", ["metadata"] = new JsonObject() };
            cell["source"] = source;
            if (!isMarkdown)
            {
                cell["outputs"] = new JsonArray();
            }

            cells.Add((JsonNode)cell);
        }

        return new JsonObject { ["cells"] = cells, ["metadata"] = new JsonObject(), ["nbformat"] = 4, ["nbformat_minor"] = 5 }.ToJsonString();
    }

    /// <summary>A cell's outputs, each in one line: "stdout: text", "display: {…}", "result: text", "error: name".</summary>
    public static string[] Outputs(this NotebookCell cell) => [.. cell.Outputs.Select(output => output!["output_type"]!.GetValue<string>() switch
    {
        "stream" => $"{output["name"]}: {MultilineText.Read(output["text"])}",
        "display_data" => "display: " + MultilineText.Read(output["data"]!["text/plain"]),
        "execute_result" => "result: " + MultilineText.Read(output["data"]!["text/plain"]),
        _ => $"error: {output["ename"]}",
    })];

    public static string Traceback(this NotebookCell cell) =>
        string.Join('\n', cell.Outputs[^1]!["traceback"]!.AsArray().Select(line => line!.GetValue<string>()));
}
