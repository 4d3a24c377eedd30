namespace Contrastive.Kernel.Running;

/// <summary>Is notified of a run's progress while it runs.</summary>
public interface IRunListener
{
    /// <summary>A cell begins.</summary>
    /// <param name="cell">The cell.</param>
    void CellStarted(CellRun cell);

    /// <summary>A running cell changed a display that it had shown: its text, such as a progress line.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="text">The display's plain text.</param>
    void Progress(CellRun cell, string text);

    /// <summary>A cell has ended; its outcome and duration are known.</summary>
    /// <param name="cell">The cell.</param>
    void CellEnded(CellRun cell);

    /// <summary>Something the reader should know, in one line.</summary>
    /// <param name="text">The line.</param>
    void Note(string text);
}
