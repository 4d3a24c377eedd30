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
    public void Pictures_below_the_notebooks_folder_and_attachments_are_put_into_the_page()
    {
        using var folder = new TemporaryFolder();
        folder.Write("pics/a b.png", "PNG");
        folder.Write("pics/drawn.SVG", "<svg/>");
        var notebook = TestNotebook.Of("# T\n\n![one](pics/a%20b.png) ![two](attachment:x.png) ![three](./pics/../pics/drawn.SVG)");
        notebook.Cells[0].Json["attachments"] = JsonNode.Parse("""{ "x.png": { "image/png": "QUJD" } }""");
        var page = LessonPage.Render(notebook, folder.Path, Result(notebook));
        Assert.Contains("<img src=\"data:image/png;base64,UE5H\" alt=\"one\"", page, StringComparison.Ordinal);
        Assert.Contains("src=\"data:image/png;base64,QUJD\"", page, StringComparison.Ordinal);
        Assert.Contains("<img src=\"data:image/svg+xml;base64,PHN2Zy8+\" alt=\"three\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"missing\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("images/gone.svg", "there is no such file in the notebook's folder")]
    [InlineData("images", "expected a .gif, .jpeg, .jpg, .png, .svg or .webp file")]
    [InlineData("folder.png", "there is no such file in the notebook's folder")]
    [InlineData("../notebooks-of-others/secret.png", "it lies outside the notebook's folder")]
    [InlineData("%2E%2E/secret.png", "it lies outside the notebook's folder")]
    [InlineData("/secret.png", "it lies outside the notebook's folder")]
    [InlineData("a%00.png", "its name holds a null character")]
    [InlineData("notes.txt", "expected a .gif, .jpeg, .jpg, .png, .svg or .webp file")]
    [InlineData("large.png", "the file has 4.1 MB, and a page takes at most 4 MB")]
    [InlineData("attachment:x.png", "the cell has no such attachment")]
    public void A_picture_that_a_page_does_without_leaves_a_note_with_the_reason(string url, string reason)
    {
        using var folder = new TemporaryFolder();
        folder.Write("notebooks/notes.txt", "secret");
        folder.Write("notebooks/folder.png/inside.png", "secret");
        folder.Write("notebooks/large.png", new string('x', 4_100_000));
        folder.Write("notebooks-of-others/secret.png", "secret");
        folder.Write("secret.png", "secret");
        var notebook = TestNotebook.Of($"# T\n\nBefore ![the *two* towers & more]({url}) and after");
        var page = LessonPage.Render(notebook, Path.Combine(folder.Path, "notebooks"), Result(notebook));
        Assert.Contains(
            $"Before <span class=\"missing\">A picture is missing (the two towers &amp; more). {url}: {reason.Replace("'", "&#39;", StringComparison.Ordinal)}.</span> and after", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.True(page.Length < 20_000);
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
    public void The_header_says_what_was_run_and_how_it_ended()
    {
        var notebook = TestNotebook.Of("# A title & more", "1");
        var json = """{ "lesson": "01-x", "tier": "smoke", "seed": 7, "data": "shapes", "device": "cpu", "metrics": { "good": 0.5 } }""";
        var page = LessonPage.Render(notebook, ".", Result(notebook, json, [new Band("good", 0.5, 0.3, 1)]));
        Assert.Contains("<title>A title &amp; more</title>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>tier</dt><dd>smoke</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>seed</dt><dd>7</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>outcome</dt><dd>every cell ran</dd>", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("class=\"facts\"", StringComparison.Ordinal) > page.IndexOf("<h1", StringComparison.Ordinal));
        Assert.Contains(
            "<dd>every cell ran; not every metric is in its band</dd>",
            LessonPage.Render(notebook, ".", Result(notebook, json, [new Band("good", 0.5, 0.6, 1)])),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# A title", "var last = 1;")]
    [InlineData("var last = 1;")]
    public void What_was_measured_stands_below_the_last_cell_with_its_bands_and_nowhere_above(params string[] cells)
    {
        var notebook = TestNotebook.Of(cells);
        var json = """{ "lesson": "01-x", "metrics": { "good": 0.51239, "bad": 2 } }""";
        var page = LessonPage.Render(notebook, ".", Result(notebook, json, [new Band("good", 0.51239, 0.3, 1), new Band("bad", 2, 0, 1), new Band("gone", null, 0, 1)]));
        Assert.Contains("<td>0.5124</td><td><span class=\"holds\" title=\"in band\">✓</span> 0.3 to 1</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>2</td><td><span class=\"fails\" title=\"out of band\">✗</span> 0 to 1</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>not recorded</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("There is no expected band", page, StringComparison.Ordinal);
        var lastCell = page.IndexOf($"id=\"cell-{notebook.Cells[^1].Id}\"", StringComparison.Ordinal);
        Assert.True(page.IndexOf("0.5124", StringComparison.Ordinal) > lastCell);
        Assert.DoesNotContain("metrics", page[page.IndexOf("<main>", StringComparison.Ordinal)..lastCell], StringComparison.Ordinal);
        Assert.Contains("There is no expected band", LessonPage.Render(notebook, ".", Result(notebook, json)), StringComparison.Ordinal);
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
