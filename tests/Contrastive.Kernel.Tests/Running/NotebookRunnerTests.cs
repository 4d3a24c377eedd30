using Contrastive.Kernel.Running;
using Xunit;

namespace Contrastive.Kernel.Tests.Running;

public sealed class NotebookRunnerTests
{
    private const string Sink = """
        var sink = (Action<string, IReadOnlyDictionary<string, string>, bool>)AppContext.GetData("Contrastive.Display.Sink");
        void Show(string id, string text, bool update) => sink(id, new Dictionary<string, string> { ["text/plain"] = text }, update);
        """;

    [Fact]
    public async Task Outputs_of_all_kinds_come_in_order_with_native_text_in_its_own_cell()
    {
        var run = await RecordedRun.Of(TestNotebook.Of(
            "# The title",
            Sink,
            """
            using System.Runtime.InteropServices;
            static class Native { [DllImport("libc")] public static extern int puts(string text); }
            """,
            "Console.WriteLine(\"managed\"); Show(\"d\", \"first\", false); Console.Error.WriteLine(\"oops\");",
            "Native.puts(\"from native code\");\nShow(\"e\", \"other\", false);",
            "Show(\"d\", \"second\", true);\nShow(\"unseen\", \"third\", true);\nEnvironment.CurrentDirectory"));
        Assert.Equal(RunOutcome.Succeeded, run.Result.Outcome);
        var cells = run.Notebook.Cells;
        Assert.Equal(["stdout: managed\n", "display: second", "stderr: oops\n"], cells[3].Outputs());
        Assert.Equal(["display: other", "stdout: from native code\n"], cells[4].Outputs().Order(StringComparer.Ordinal));
        Assert.Equal(["display: third", "result: " + Path.GetTempPath().TrimEnd('/')], cells[5].Outputs());
        Assert.Equal([null, 1, 2, 3, 4, 5], cells.Select(cell => cell.ExecutionCount));
        Assert.Contains("started 1/5: The title", run.Told);
        Assert.Contains("progress 5: second", run.Told);
        Assert.True(run.Result.PeakMemoryBytes > 10_000_000);
    }

    [Fact]
    public async Task After_an_error_no_later_cell_runs_and_old_outputs_are_gone()
    {
        var notebook = TestNotebook.Of("1", "throw new InvalidOperationException(\"no\");", "3");
        notebook.Cells[2].Outputs.Add("stale");
        notebook.Cells[2].ExecutionCount = 9;
        var run = await RecordedRun.Of(notebook);
        Assert.Equal(RunOutcome.Failed, run.Result.Outcome);
        Assert.Equal("cell 2: InvalidOperationException: no", run.Result.Message);
        Assert.Equal([RunOutcome.Succeeded, RunOutcome.Failed, null], run.Result.Cells.Select(cell => cell.Outcome));
        Assert.Empty(notebook.Cells[2].Outputs);
        Assert.Null(notebook.Cells[2].ExecutionCount);
    }

    [Fact]
    public async Task A_cell_that_never_ends_is_stopped_at_its_limit()
    {
        var run = await RecordedRun.Of(
            TestNotebook.Of("Console.WriteLine(\"before\");\nwhile (true) { }"),
            new() { Folder = Path.GetTempPath(), CellTimeout = TimeSpan.FromSeconds(3) });
        Assert.Equal(RunOutcome.TimedOut, run.Result.Outcome);
        Assert.Equal(["stdout: before\n", "error: TimeLimitReached"], run.Notebook.Cells[0].Outputs());
        Assert.Contains("limit of 3.0 s", run.Result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notebook_that_takes_too_long_is_stopped_at_its_limit()
    {
        var run = await RecordedRun.Of(
            TestNotebook.Of("1", "Thread.Sleep(-1);"),
            new() { Folder = Path.GetTempPath(), CellTimeout = TimeSpan.FromMinutes(5), NotebookTimeout = TimeSpan.FromSeconds(6) });
        Assert.Equal(RunOutcome.TimedOut, run.Result.Outcome);
        Assert.Contains("The notebook ran longer", run.Result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Environment.FailFast(\"on purpose\");", "exit code 134, SIGABRT", "on purpose")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill();", "exit code 137, SIGKILL", "")]
    [InlineData("Environment.Exit(3);", "exit code 3", "")]
    [InlineData("int Deeper(int n) => Deeper(n + 1) + Deeper(n - 1);\nDeeper(0)", "exit code 134, SIGABRT", "Stack overflow")]
    public async Task A_process_that_dies_fails_its_cell_with_its_exit_code_and_last_words(string code, string expected, string words)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Exit codes of signals are Unix's.");
        var run = await RecordedRun.Of(TestNotebook.Of("\"fine\"", $"Console.WriteLine(\"printed\");\n{code}", "3"));
        Assert.Equal(RunOutcome.Crashed, run.Result.Outcome);
        Assert.Contains(expected, run.Result.Message, StringComparison.Ordinal);
        var outputs = run.Notebook.Cells[1].Outputs();
        Assert.Contains("stdout: printed\n", outputs);
        Assert.Equal("error: ProcessEnded", outputs[^1]);
        Assert.Contains(words, string.Join('\n', outputs), StringComparison.Ordinal);
        Assert.Equal(["result: fine"], run.Notebook.Cells[0].Outputs());
    }

    [Fact]
    public async Task Stopping_the_run_keeps_what_has_run()
    {
        var run = await RecordedRun.Of(TestNotebook.Of("1", "Thread.Sleep(-1);", "3"), interruptInCell: 2);
        Assert.Equal(RunOutcome.Interrupted, run.Result.Outcome);
        Assert.Equal(["result: 1"], run.Notebook.Cells[0].Outputs());
        Assert.Equal(["error: Interrupted"], run.Notebook.Cells[1].Outputs());
        Assert.Empty(run.Notebook.Cells[2].Outputs);
    }

    [Fact]
    public async Task The_environment_reaches_the_cells()
    {
        var run = await RecordedRun.Of(
            TestNotebook.Of("Environment.GetEnvironmentVariable(\"CONTRASTIVE_TIER\") + Environment.GetEnvironmentVariable(\"PATH\")"),
            new() { Folder = Path.GetTempPath(), Environment = new Dictionary<string, string?> { ["CONTRASTIVE_TIER"] = "smoke", ["PATH"] = null } });
        Assert.Equal(["result: smoke"], run.Notebook.Cells[0].Outputs());
    }
}
