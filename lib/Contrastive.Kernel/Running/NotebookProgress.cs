using System.Diagnostics;
using Contrastive.Kernel.Worker;

namespace Contrastive.Kernel.Running;

/// <summary>A run in progress: passes cell after cell to the worker and enforces the time limits.</summary>
internal sealed class NotebookProgress(
    IReadOnlyList<CellRun> cells, NotebookRunOptions options, IRunListener listener, CancellationToken cancellation)
{
    private readonly DocumentOutputs _outputs = new();
    private readonly Stopwatch _notebookClock = Stopwatch.StartNew();

    public RunOutcome Outcome { get; private set; } = RunOutcome.Succeeded;

    public string? Message { get; private set; }

    public long PeakMemoryBytes { get; private set; }

    public async Task ToTheEndAsync()
    {
        var worker = await WorkerProcess.StartAsync(options.Folder, options.Environment, cancellation).ConfigureAwait(false);
        await using (worker.ConfigureAwait(false))
        {
            var events = worker.Events(CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
            await using (events.ConfigureAwait(false))
            {
                if (!await ReadyAsync(worker, events).ConfigureAwait(false))
                {
                    throw new InvalidOperationException($"The notebook's process did not start: {ExitCodes.Describe(worker.ExitCode)}.");
                }

                foreach (var cell in cells)
                {
                    await RunAsync(cell, worker, events).ConfigureAwait(false);
                    if (cell.Outcome != RunOutcome.Succeeded)
                    {
                        return;
                    }
                }
            }
        }
    }

    /// <summary>The run was stopped before or between cells.</summary>
    public void Interrupt()
    {
        Outcome = RunOutcome.Interrupted;
        Message ??= "The run was interrupted.";
    }

    private async Task<bool> ReadyAsync(WorkerProcess worker, IAsyncEnumerator<WorkerEvent> events)
    {
        using (cancellation.Register(() => _ = worker.KillAsync()))
        {
            while (await events.MoveNextAsync().ConfigureAwait(false))
            {
                if (events.Current is Ready)
                {
                    return true;
                }
            }
        }

        cancellation.ThrowIfCancellationRequested();
        return false;
    }

    private async Task RunAsync(CellRun cell, WorkerProcess worker, IAsyncEnumerator<WorkerEvent> events)
    {
        cancellation.ThrowIfCancellationRequested();
        listener.CellStarted(cell);
        cell.Cell.ExecutionCount = cell.Number;
        var clock = Stopwatch.StartNew();
        var (limit, whose) = Limit();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (limit is { } time)
        {
            ending.CancelAfter(time > TimeSpan.Zero ? time : TimeSpan.Zero);
        }

        var outcome = RunOutcome.Succeeded;
        using (ending.Token.Register(() => _ = worker.KillAsync()))
        {
            worker.Run(new RunCell(cell.Number, cell.Name, cell.Cell.Source));
            outcome = await ReceiveAsync(cell, events).ConfigureAwait(false);
        }

        if (outcome == RunOutcome.Crashed)
        {
            // Either this side killed it, or it died on its own.
            outcome = cancellation.IsCancellationRequested ? RunOutcome.Interrupted
                : ending.IsCancellationRequested ? RunOutcome.TimedOut : RunOutcome.Crashed;
            End(cell, outcome, whose, limit, worker);
        }

        cell.Duration = clock.Elapsed;
        cell.Outcome = Outcome = outcome;
        listener.CellEnded(cell);
    }

    /// <summary>The nearer of the two time limits, and what it limits.</summary>
    private (TimeSpan? Limit, string Whose) Limit()
    {
        var left = options.NotebookTimeout - _notebookClock.Elapsed;
        return left is null || options.CellTimeout < left ? (options.CellTimeout, "cell") : (left, "notebook");
    }

    /// <summary>Receives what the cell shows, until it ends: by itself, or with its process (<see cref="RunOutcome.Crashed"/>).</summary>
    private async Task<RunOutcome> ReceiveAsync(CellRun cell, IAsyncEnumerator<WorkerEvent> events)
    {
        while (await events.MoveNextAsync().ConfigureAwait(false))
        {
            switch (events.Current)
            {
                case CellEnded ended:
                    PeakMemoryBytes = Math.Max(PeakMemoryBytes, ended.PeakMemoryBytes);
                    return ended.Succeeded ? RunOutcome.Succeeded : RunOutcome.Failed;
                case CellFailed failed:
                    Message = $"{cell.Name}: {failed.Name}: {failed.Message}";
                    break;
                case Displayed { IsUpdate: true } update when update.Content.TryGetValue("text/plain", out var text):
                    listener.Progress(cell, text);
                    break;
            }

            _outputs.Add(cell, events.Current);
        }

        return RunOutcome.Crashed;
    }

    private void End(CellRun cell, RunOutcome outcome, string whose, TimeSpan? limit, WorkerProcess worker)
    {
        var (name, message) = outcome switch
        {
            RunOutcome.Interrupted => ("Interrupted", "The run was interrupted while this cell ran."),
            RunOutcome.TimedOut when whose == "cell" =>
                ("TimeLimitReached", $"The cell ran longer than its limit of {Durations.Write(limit!.Value)}, and was stopped (--cell-timeout)."),
            RunOutcome.TimedOut => ("TimeLimitReached",
                $"The notebook ran longer than its limit of {Durations.Write(options.NotebookTimeout!.Value)}, and was stopped (--notebook-timeout)."),
            _ => ("ProcessEnded", $"The notebook's process ended by itself in this cell: {ExitCodes.Describe(worker.ExitCode)}."),
        };
        Message = $"{cell.Name}: {message}";
        DocumentOutputs.AddError(cell, name, message, [message]);
    }
}
