using System.Diagnostics;
using Contrastive.Kernel.Documents;
using Xunit;

namespace Contrastive.Kernel.Tests.CommandLine;

/// <summary>The command as a user starts it: a process, its output and its exit code.</summary>
public sealed class RunCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_tells_a_line_per_cell_and_where_its_page_is()
    {
        _folder.Write("Contrastive.Notebooks.sln", "");
        _folder.Write("notebooks/01-a.ipynb", TestNotebook.Json("# First", "1", "2"));
        var (code, output, _) = await Contrastive("run", "01-a", "--tier", "smoke", "--out", "out");
        Assert.Equal(0, code);
        Assert.Matches(@"1/2 ✓ +\d+\.\d s  First\n +2/2 ✓ ", output);
        Assert.Contains("There is no expected band for 01-a at tier smoke", output, StringComparison.Ordinal);
        Assert.Contains($"Page: {Path.Combine(_folder.Path, "out", "index.html")}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_of_ones_own_data_is_where_the_command_is_called_and_names_the_run_folder()
    {
        _folder.Write("notebooks/01-a.ipynb", TestNotebook.Json("Environment.CurrentDirectory + \" \" + Environment.GetEnvironmentVariable(\"CONTRASTIVE_DATASET\")"));
        _folder.Write("pets/cat/1.png", "");
        var (code, output, _) = await Contrastive("run", "notebooks/01-a.ipynb", "--tier", "smoke", "--data", "folder:pets/");
        Assert.Equal(0, code);
        var folder = Assert.Single(Directory.GetDirectories(Path.Combine(_folder.Path, "runs")));
        Assert.StartsWith("01-a-smoke-pets-2", Path.GetFileName(folder), StringComparison.Ordinal);
        Assert.Equal(
            [$"result: {Path.Combine(_folder.Path, "notebooks")} folder:{Path.Combine(_folder.Path, "pets")}"],
            Notebook.Load(Path.Combine(folder, "01-a.ipynb")).Cells[0].Outputs());
        Assert.Contains($"data folder:{Path.Combine(_folder.Path, "pets")}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_runs_every_lesson_and_fails_if_one_does()
    {
        _folder.Write("Contrastive.Notebooks.sln", "");
        _folder.Write("notebooks/01-a.ipynb", TestNotebook.Json("throw new Exception(\"no\");"));
        _folder.Write("notebooks/02-b.ipynb", TestNotebook.Json("2"));
        var (code, output, _) = await Contrastive("run", "all", "--tier", "smoke");
        Assert.Equal(1, code);
        Assert.Contains("Failed: 01-a.", output, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(_folder.Path, "runs")).Length);
    }

    [Theory]
    [InlineData("The lessons are: 01-a, 02-b, or all.", "run", "99-z")]
    [InlineData("The tiers are: smoke, laptop, paper.", "run", "01-a", "--tier", "huge")]
    [InlineData("The data sets are: shapes,", "run", "01-a", "--data", "mnist")]
    [InlineData("your own: folder:PATH (pictures), captions:PATH (pictures and captions), file:PATH (texts), beir:PATH or dpr:FOLDER (questions and passages).", "run", "01-a", "--data", "mnist")]
    [InlineData("/nowhere', which folder:nowhere names.", "run", "01-a", "--data", "folder:nowhere")]
    [InlineData("/notebooks' is a folder; file:PATH takes a file", "run", "01-a", "--data", "file:notebooks")]
    [InlineData("'folder:' names no path", "run", "bad.ipynb", "--data", "folder:")]
    [InlineData("is not an assignment; expected name=value", "run", "01-a", "--set", "batchSize")]
    [InlineData("is not a duration", "run", "01-a", "--cell-timeout", "soon")]
    [InlineData("There is no notebook", "run", "nothing.ipynb")]
    [InlineData("'x' is not a whole number; expected seeds such as 1..3 or 1,2,5.", "run", "01-a", "--seeds", "1..x")]
    [InlineData("--seed and --seeds exclude each other", "run", "01-a", "--seed", "1", "--seeds", "1..3")]
    [InlineData("--record keeps several seeds: give --seeds too", "run", "01-a", "--record")]
    [InlineData("bad.ipynb' is none.", "run", "bad.ipynb", "--seeds", "1..3", "--record")]
    [InlineData("--data folder:", "run", "01-a", "--data", "folder:notebooks", "--seeds", "1..3", "--record")]
    [InlineData("bad.ipynb, line 1, column 2: the file is not valid JSON", "run", "bad.ipynb")]
    public async Task Bad_arguments_are_errors_that_list_the_valid_ones(string expected, params string[] arguments)
    {
        _folder.Write("Contrastive.Notebooks.sln", "");
        _folder.Write("notebooks/01-a.ipynb", TestNotebook.Json("1"));
        _folder.Write("notebooks/02-b.ipynb", TestNotebook.Json("1"));
        _folder.Write("bad.ipynb", "no JSON");
        var (code, _, error) = await Contrastive(arguments);
        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "runs")));
    }

    [Fact]
    public async Task Ctrl_C_stops_cleanly_and_writes_what_has_run()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix's.");
        var path = _folder.Write("n.ipynb", TestNotebook.Json("1 + 1", "Console.WriteLine(\"running\"); Thread.Sleep(-1);", "3"));
        using var process = Start("run", path, "--out", "out");
        var executed = Path.Combine(_folder.Path, "out", "n.ipynb");
        for (var waited = 0; !File.Exists(executed) && waited < 300; waited++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken); // saved after the first cell
        }

        await Task.Delay(500, TestContext.Current.CancellationToken);
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("(interrupted)", output, StringComparison.Ordinal);
        var notebook = Notebook.Load(executed);
        Assert.Equal(["result: 2"], notebook.Cells[0].Outputs());
        Assert.Equal("error: Interrupted", notebook.Cells[1].Outputs()[^1]);
        Assert.Empty(notebook.Cells[2].Outputs);
        Assert.True(File.Exists(Path.Combine(_folder.Path, "out", "index.html")));
        Assert.Contains("Interrupted", await File.ReadAllTextAsync(Path.Combine(_folder.Path, "out", "metrics.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> Contrastive(params string[] arguments) => ContrastiveCommand.RunAsync(_folder, arguments);

    private Process Start(params string[] arguments) => ContrastiveCommand.Start(_folder, arguments);
}
