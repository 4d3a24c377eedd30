namespace Contrastive.Kernel.Running;

/// <summary>The result of a notebook's run.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Message">Why, if it did not succeed.</param>
/// <param name="Cells">The notebook's code cells; those that were not reached have no outcome.</param>
/// <param name="Duration">From the first cell's start to the last one's end.</param>
/// <param name="PeakMemoryBytes">The largest resident memory of the notebook's process, seen at the end of each cell.</param>
public sealed record NotebookRun(
    RunOutcome Outcome, string? Message, IReadOnlyList<CellRun> Cells, TimeSpan Duration, long PeakMemoryBytes);
