using System.Text;
using System.Text.Json.Nodes;
using Contrastive.Kernel.Documents;

namespace Contrastive.Kernel.Pages;

/// <summary>A cell's outputs as HTML, each in the richest form that it has.</summary>
internal sealed class OutputHtml(MarkdownText markdown)
{
    public string Render(NotebookCell cell)
    {
        var html = new StringBuilder();
        for (var place = 0; place < cell.Outputs.Count; place++)
        {
            var output = cell.Outputs[place];
            var figure = Figure.Of(cell.ExecutionCount ?? 0, place, output) is { Png: null } drawn ? $" data-figure=\"{drawn.Name}\"" : "";
            html.Append(output?["output_type"]?.GetValue<string>() switch
            {
                "stream" => Stream(output),
                "error" => Error(output),
                _ => output?["data"] is JsonObject data ? $"<div class=\"output\"{figure}>{Richest(data)}</div>\n" : "",
            });
        }

        return html.ToString();
    }

    private static string Stream(JsonNode output) =>
        $"<pre class=\"output stream {Html.Escape(output["name"]?.ToString())}\">{Html.Console(MultilineText.Read(output["text"]) ?? "")}</pre>\n";

    private static string Error(JsonNode output)
    {
        var traceback = (output["traceback"] as JsonArray)?.Select(line => line?.ToString() ?? "") ?? [];
        return $"<div class=\"output error\" role=\"alert\"><strong>{Html.Escape(output["ename"]?.ToString())}</strong>" +
            $"<pre>{Html.Console(string.Join('\n', traceback))}</pre></div>\n";
    }

    private string Richest(JsonObject data)
    {
        string? Get(string mimeType) => MultilineText.Read(data[mimeType]);
        var plain = Get("text/plain");
        return Get("text/html")
            ?? (Get("image/svg+xml") is { } svg ? Picture("image/svg+xml", Convert.ToBase64String(Encoding.UTF8.GetBytes(svg)), plain) : null)
            ?? (Get("image/png") is { } png ? Picture("image/png", png, plain) : null)
            ?? (Get("image/jpeg") is { } jpeg ? Picture("image/jpeg", jpeg, plain) : null)
            ?? (Get("text/markdown") is { } text ? markdown.Render(text) : null)
            ?? (Get("text/latex") is { } formula ? $"<div class=\"math\">{Html.Escape(formula)}</div>" : null)
            ?? $"<pre class=\"plain\">{Html.Console(plain ?? "")}</pre>";
    }

    private static string Picture(string mimeType, string base64, string? alternative) =>
        $"<img src=\"data:{mimeType};base64,{Html.Escape(base64.ReplaceLineEndings(""))}\" alt=\"{Html.Escape(alternative)}\">";
}
