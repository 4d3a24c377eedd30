using System.Text.Json.Nodes;
using Contrastive.Kernel.Documents;
using Contrastive.Kernel.Lessons;
using Contrastive.Kernel.Pages;
using Contrastive.Kernel.Running;
using Xunit;

namespace Contrastive.Kernel.Tests.Lessons;

public sealed class LessonRunnerTests : IDisposable
{
    /// <summary>A PNG of one pixel.</summary>
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    /// <summary>What the library does in a lesson: reads the environment, records metrics, shows pictures.</summary>
    private const string Lesson = """
        string Asked(string name) => Environment.GetEnvironmentVariable("CONTRASTIVE_" + name);
        File.WriteAllText(Path.Combine(Asked("RUN"), "metrics.json"),
            "{ \"lesson\": \"01-x\", \"seed\": 7, \"data\": \"shapes\", \"metrics\": { \"knn.trained\": 0.8 }, \"extra\": [1] }");
        var sink = (Action<string, IReadOnlyDictionary<string, string>, bool>)AppContext.GetData("Contrastive.Display.Sink");
        sink("1", new Dictionary<string, string> { ["image/png"] = "PIXEL", ["text/plain"] = "pixel" }, false);
        sink("2", new Dictionary<string, string> { ["text/html"] = "<svg width='200' height='80'><rect width='200' height='80' fill='red'/></svg>", ["text/plain"] = "red" }, false);
        sink("3", new Dictionary<string, string> { ["text/html"] = "<table></table>", ["text/plain"] = "table" }, false);
        string.Join(" ", Asked("TIER"), Asked("DATASET"), Asked("SET"), Asked("SEED"))
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_folder_holds_notebook_page_metrics_and_figures()
    {
        var (result, notes) = await Run(
            """{ "smoke": { "shapes": { "knn.trained": { "min": 0.3, "max": 1 } } } }""", "# The lesson", Lesson.Replace("PIXEL", Pixel, StringComparison.Ordinal));
        Assert.True(result.Succeeded, result.Run.Message);
        var executed = Notebook.Load(Path.Combine(result.RunFolder, "01-x.ipynb"));
        Assert.Equal("result: smoke cifar10 {\"batchSize\":32,\"name\":\"x\"} 5", executed.Cells[1].Outputs()[^1]);

        var metrics = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(result.RunFolder, "metrics.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal(7, metrics["seed"]!.GetValue<int>());
        Assert.Equal("smoke", metrics["tier"]!.GetValue<string>());
        Assert.Equal("Succeeded", metrics["outcome"]!.GetValue<string>());
        Assert.Equal("The lesson", metrics["cells"]![0]!["title"]!.GetValue<string>());
        Assert.True(metrics["expected"]![0]!["holds"]!.GetValue<bool>());
        Assert.NotNull(metrics["extra"]);
        Assert.True(metrics["peakMemoryBytes"]!.GetValue<long>() > 0);

        var page = await File.ReadAllTextAsync(result.PagePath, TestContext.Current.CancellationToken);
        Assert.Contains("<title>The lesson</title>", page, StringComparison.Ordinal);
        var figures = Directory.GetFiles(Path.Combine(result.RunFolder, "figures")).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        if (Browser.Find() is null)
        {
            Assert.Equal(["01-1.png"], figures);
            Assert.Contains(notes, note => note.Contains("takes Chromium", StringComparison.Ordinal));
        }
        else
        {
            Assert.Equal(["01-1.png", "01-2.png"], figures);
            var png = await File.ReadAllBytesAsync(Path.Combine(result.RunFolder, "figures", "01-2.png"), TestContext.Current.CancellationToken);
            Assert.Equal((400, 160), (png[18] << 8 | png[19], png[22] << 8 | png[23])); // 200 x 80 at twice the density
        }

        Assert.DoesNotContain(Directory.GetFiles(result.RunFolder), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_metric_out_of_its_band_fails_the_run()
    {
        var (result, _) = await Run("""{ "smoke": { "shapes": { "knn.trained": { "min": 0.9 } } } }""", Lesson);
        Assert.Equal(RunOutcome.Succeeded, result.Run.Outcome);
        Assert.False(result.Succeeded);
        Assert.Contains("out of band", await File.ReadAllTextAsync(result.PagePath, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_fails_still_leaves_a_whole_run_folder_and_no_older_metrics()
    {
        _folder.Write("run/metrics.json", """{ "metrics": { "knn.trained": 1 } }""");
        var (result, _) = await Run(null, "throw new InvalidOperationException(\"<no>\");");
        Assert.False(result.Succeeded);
        Assert.Null(result.Bands);
        Assert.Empty(result.Metrics.Metrics);
        Assert.Equal("Failed", result.Metrics.Json["outcome"]!.GetValue<string>());
        Assert.Contains("InvalidOperationException: &lt;no&gt;", await File.ReadAllTextAsync(result.PagePath, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(result.RunFolder, "01-x.ipynb")));
    }

    [Fact]
    public async Task A_notebook_in_another_language_is_refused_before_anything_is_written()
    {
        var path = _folder.Write("p.ipynb", """{ "nbformat": 4, "cells": [], "metadata": { "kernelspec": { "language": "python" } } }""");
        var request = new LessonRequest { Lesson = "p", NotebookPath = path, RunFolder = Path.Combine(_folder.Path, "out") };
        var error = await Assert.ThrowsAsync<FormatException>(
            () => LessonRunner.RunAsync(request, new Notes(), TestContext.Current.CancellationToken));
        Assert.Contains("is written in python", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(request.RunFolder));
    }

    private async Task<(LessonResult Result, List<string> Notes)> Run(string? expected, params string[] cells)
    {
        var notes = new Notes();
        var request = new LessonRequest
        {
            Lesson = "01-x",
            NotebookPath = _folder.Write("notebooks/01-x.ipynb", TestNotebook.Json(cells)),
            RunFolder = Path.Combine(_folder.Path, "run"),
            ExpectedPath = expected is null ? null : _folder.Write("expected.json", expected),
            Tier = "smoke",
            Data = "cifar10",
            Seed = 5,
            Settings = new Dictionary<string, string> { ["batchSize"] = "32", ["name"] = "x" },
        };
        return (await LessonRunner.RunAsync(request, notes, TestContext.Current.CancellationToken), notes.Lines);
    }

    private sealed class Notes : IRunListener
    {
        public List<string> Lines { get; } = [];

        public void CellStarted(CellRun cell)
        {
        }

        public void Progress(CellRun cell, string text)
        {
        }

        public void CellEnded(CellRun cell)
        {
        }

        public void Note(string text) => Lines.Add(text);
    }
}
