namespace Contrastive.Kernel.Running;

/// <summary>How a notebook is run.</summary>
public sealed record NotebookRunOptions
{
    /// <summary>The notebook's folder: the working directory of its process, to which <c>#r</c> paths are relative.</summary>
    public required string Folder { get; init; }

    /// <summary>Environment variables of the notebook's process; a null value removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The time limit of each cell.</summary>
    /// <value>The default is null: no limit.</value>
    public TimeSpan? CellTimeout { get; init; }

    /// <summary>The time limit of the whole notebook.</summary>
    /// <value>The default is null: no limit.</value>
    public TimeSpan? NotebookTimeout { get; init; }
}
