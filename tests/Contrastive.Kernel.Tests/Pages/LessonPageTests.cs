using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Contrastive.Kernel.Documents;
using Contrastive.Kernel.Lessons;
using Contrastive.Kernel.Pages;
using Contrastive.Kernel.Running;
using Xunit;

namespace Contrastive.Kernel.Tests.Pages;

public sealed partial class LessonPageTests
{
    [Fact]
    public void Nothing_is_asked_of_the_network()
    {
        var page = Render(
            "# Title\n\n![remote](https://example.org/a.png) <https://example.org> [paper](http://example.org/p)\n\n$x^2$", "1");
        Assert.DoesNotMatch(Resources(), page);
        Assert.Contains("href=\"https://example.org/a.png\"", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script src", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_beside_the_notebook_and_attachments_are_put_into_the_page()
    {
        using var folder = new TemporaryFolder();
        folder.Write("pics/a b.png", "PNG");
        var notebook = TestNotebook.Of("# T\n\n![one](pics/a%20b.png) ![two](attachment:x.png) ![gone](missing.png)");
        notebook.Cells[0].Json["attachments"] = JsonNode.Parse("""{ "x.png": { "image/png": "QUJD" } }""");
        var page = LessonPage.Render(notebook, folder.Path, Result(notebook));
        Assert.Contains("src=\"data:image/png;base64,UE5H\"", page, StringComparison.Ordinal);
        Assert.Contains("src=\"data:image/png;base64,QUJD\"", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"missing.png\">gone</a>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Formulas_bring_the_typesetter_and_other_pages_do_not()
    {
        Assert.Contains("katex.render(formula", Render("# T\n\n$$\\frac{a}{b}$$"), StringComparison.Ordinal);
        Assert.Contains("class=\"math display\"", Render("# T\n\nso $$a$$ here"), StringComparison.Ordinal);
        Assert.True(Render("# T\n\nplain").Length < 20_000);
    }

    [Fact]
    public void What_cells_print_is_escaped_and_shown_as_a_terminal_would()
    {
        var notebook = TestNotebook.Of("1");
        var cell = notebook.Cells[0];
        cell.ExecutionCount = 1;
        CellOutputs.AddStream(cell.Outputs, "stdout", "<script>alert(1)</script>\n 10 %\r 50 %\r100 %\n\u001b[31mred\u001b[0m");
        cell.Outputs.Add((JsonNode)CellOutputs.Error("E<x>", "m", ["at <b>"]));
        cell.Outputs.Add((JsonNode)CellOutputs.Result(new Dictionary<string, string> { ["text/plain"] = "a < b" }, 1));
        cell.Outputs.Add((JsonNode)CellOutputs.Display(new Dictionary<string, string> { ["text/plain"] = "x", ["text/html"] = "<b>bold</b>" }));
        var page = LessonPage.Render(notebook, ".", Result(notebook));
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;\n100 %\nred</pre>", page, StringComparison.Ordinal);
        Assert.Contains("E&lt;x&gt;", page, StringComparison.Ordinal);
        Assert.Contains("at &lt;b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("a &lt; b", page, StringComparison.Ordinal);
        Assert.Contains("<div class=\"output\"><b>bold</b></div>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_header_tells_how_the_run_was_made_and_marks_the_bands()
    {
        var notebook = TestNotebook.Of("# A title & more", "1");
        var json = """{ "lesson": "01-x", "tier": "smoke", "seed": 7, "data": "shapes", "device": "cpu", "metrics": { "good": 0.51239, "bad": 2 } }""";
        var page = LessonPage.Render(notebook, ".", Result(notebook, json, [new Band("good", 0.51239, 0.3, 1), new Band("bad", 2, 0, 1), new Band("gone", null, 0, 1)]));
        Assert.Contains("<title>A title &amp; more</title>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>tier</dt><dd>smoke</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>seed</dt><dd>7</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<td>0.5124</td><td><span class=\"holds\" title=\"in band\">✓</span> 0.3 to 1</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>2</td><td><span class=\"fails\" title=\"out of band\">✗</span> 0 to 1</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>not recorded</td>", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("class=\"facts\"", StringComparison.Ordinal) > page.IndexOf("<h1", StringComparison.Ordinal));
    }

    private static string Render(params string[] cells)
    {
        var notebook = TestNotebook.Of(cells);
        return LessonPage.Render(notebook, Path.GetTempPath(), Result(notebook));
    }

    private static LessonResult Result(Notebook notebook, string metrics = "{}", IReadOnlyList<Band>? bands = null) => new(
        new NotebookRun(RunOutcome.Succeeded, null, CellTitles.Plan(notebook), TimeSpan.FromSeconds(1), 1 << 20),
        new LessonMetrics("metrics.json", (JsonObject)JsonNode.Parse(metrics)!),
        bands,
        ".");

    /// <summary>What a browser would fetch by itself.</summary>
    [GeneratedRegex("""(src|srcset|poster|data)\s*=\s*["']?\s*(https?:)?//|@import|url\(\s*["']?(https?:)?//""", RegexOptions.IgnoreCase)]
    private static partial Regex Resources();
}
