using System.Diagnostics;
using Contrastive.Kernel.Documents;

namespace Contrastive.Kernel.Running;

/// <summary>Runs a notebook's cells, in order, in a process of its own, and writes what they show into the document.</summary>
public static class NotebookRunner
{
    /// <summary>Runs the notebook. After a cell that fails, no later cell is run.</summary>
    /// <param name="notebook">The notebook: its earlier outputs are cleared, and it holds what has run, however the run ends.</param>
    /// <param name="options">Folder, environment and time limits.</param>
    /// <param name="listener">Is notified of the run's progress.</param>
    /// <param name="cancellation">Stops the run at once; the outcome is then <see cref="RunOutcome.Interrupted"/>.</param>
    /// <returns>The result of the run.</returns>
    public static async Task<NotebookRun> RunAsync(
        Notebook notebook, NotebookRunOptions options, IRunListener listener, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(listener);
        DocumentOutputs.Clear(notebook);
        var cells = CellTitles.Plan(notebook);
        var run = new NotebookProgress(cells, options, listener, cancellation);
        var clock = Stopwatch.StartNew();
        try
        {
            await run.ToTheEndAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            run.Interrupt();
        }

        return new NotebookRun(run.Outcome, run.Message, cells, clock.Elapsed, run.PeakMemoryBytes);
    }
}
