using Contrastive.Kernel.Documents;
using Contrastive.Kernel.Running;
using Xunit;

namespace Contrastive.Kernel.Tests.Running;

/// <summary>Runs a notebook in its own worker and records what the runner reported.</summary>
internal sealed class RecordedRun : IRunListener
{
    public List<string> Told { get; } = [];

    public required Notebook Notebook { get; init; }

    public NotebookRun Result { get; private set; } = null!;

    public static async Task<RecordedRun> Of(
        Notebook notebook, NotebookRunOptions? options = null, int? interruptInCell = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = new RecordedRun { Notebook = notebook, OnCell = number => stop.CancelAfter(number == interruptInCell ? 200 : -1) };
        run.Result = await NotebookRunner.RunAsync(notebook, options ?? new() { Folder = Path.GetTempPath() }, run, stop.Token);
        return run;
    }

    public required Action<int> OnCell { get; init; }

    public void CellStarted(CellRun cell)
    {
        Told.Add($"started {cell.Number}/{cell.Count}: {cell.Title}");
        OnCell(cell.Number);
    }

    public void Progress(CellRun cell, string text) => Told.Add($"progress {cell.Number}: {text}");

    public void CellEnded(CellRun cell) => Told.Add($"ended {cell.Number}: {cell.Outcome}");

    public void Note(string text) => Told.Add($"note: {text}");
}
