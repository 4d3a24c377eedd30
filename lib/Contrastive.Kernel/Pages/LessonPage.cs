using System.Text;
using Contrastive.Kernel.Documents;
using Contrastive.Kernel.Lessons;
using Contrastive.Kernel.Running;

namespace Contrastive.Kernel.Pages;

/// <summary>An executed lesson as one self-contained HTML file, which makes no network requests.</summary>
public static class LessonPage
{
    /// <summary>The content security policy that keeps the page offline, whatever a cell shows.</summary>
    private const string Policy =
        "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; font-src data:; " +
        "script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:; connect-src data: blob:; form-action 'none'; base-uri 'none'";

    /// <summary>Renders the page.</summary>
    /// <param name="notebook">The executed notebook.</param>
    /// <param name="folder">The notebook's folder: its pictures are found there and below.</param>
    /// <param name="result">The run.</param>
    /// <returns>The HTML text.</returns>
    public static string Render(Notebook notebook, string folder, LessonResult result)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(result);
        var markdown = new MarkdownText(folder);
        var outputs = new OutputHtml(markdown);
        var runs = result.Run.Cells.ToDictionary(run => run.Cell);
        var body = new StringBuilder();
        var header = PageHeader.Render(result);
        var title = notebook.Title ?? result.Metrics.Json["lesson"]?.ToString();
        if (notebook.Cells is not [{ Kind: CellKind.Markdown } first, ..] || !first.Source.StartsWith("# ", StringComparison.Ordinal))
        {
            body.Append($"<h1>{Html.Escape(title)}</h1>\n").Append(header);
            header = "";
        }

        foreach (var cell in notebook.Cells)
        {
            body.Append(cell.Kind switch
            {
                CellKind.Markdown => $"<section class=\"text\" id=\"cell-{Html.Escape(cell.Id)}\">{markdown.Render(cell)}</section>\n",
                CellKind.Code => Code(cell, runs.GetValueOrDefault(cell), outputs),
                _ => $"<pre class=\"raw\">{Html.Escape(cell.Source)}</pre>\n",
            });
            body.Append(header);
            header = "";
        }

        body.Append(PageResults.Render(result));
        var formulas = body.ToString().Contains("class=\"math", StringComparison.Ordinal) ? Script(Resource.Read("katex.min.js")) : "";
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Html.Escape(title)}</title>
            <style>
            {Resource.Read("page.css")}
            </style>
            </head>
            <body>
            <main>
            {body}</main>
            {formulas}
            {Script(Resource.Read("page.js"))}
            </body>
            </html>

            """;
    }

    private static string Code(NotebookCell cell, CellRun? run, OutputHtml outputs)
    {
        if (run is null)
        {
            return "";
        }

        var time = run.Outcome is null ? "not run" : Durations.Write(run.Duration);
        return $"""
            <section class="code" id="cell-{Html.Escape(cell.Id)}">
            <pre class="source"><code>{CodeColors.Color(cell.Source.TrimEnd())}</code></pre>
            <p class="cell"><span>[{run.Number}]</span> {time}</p>
            {outputs.Render(cell)}</section>

            """;
    }

    private static string Script(string text) => $"<script>\n{text}\n</script>";
}
