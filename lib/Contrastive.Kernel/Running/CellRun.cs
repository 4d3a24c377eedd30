using Contrastive.Kernel.Documents;

namespace Contrastive.Kernel.Running;

/// <summary>One code cell in a run.</summary>
/// <param name="Number">The cell's number among the code cells, from one; the n of <c>In [n]</c>.</param>
/// <param name="Count">How many code cells the notebook has.</param>
/// <param name="Title">What the cell is about: its heading, its first comment or its first line.</param>
/// <param name="Cell">The cell.</param>
public sealed record CellRun(int Number, int Count, string Title, NotebookCell Cell)
{
    /// <summary>How the cell ended; null until it has.</summary>
    public RunOutcome? Outcome { get; internal set; }

    /// <summary>How long it ran.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>The cell's name in errors.</summary>
    internal string Name => FormattableString.Invariant($"cell {Number}");
}
