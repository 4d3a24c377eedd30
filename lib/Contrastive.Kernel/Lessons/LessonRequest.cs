namespace Contrastive.Kernel.Lessons;

/// <summary>The settings of a lesson's run.</summary>
public sealed record LessonRequest
{
    /// <summary>The lesson's name: the notebook's file name without its extension.</summary>
    public required string Lesson { get; init; }

    /// <summary>The notebook's path.</summary>
    public required string NotebookPath { get; init; }

    /// <summary>The run folder; it is created if it does not exist.</summary>
    public required string RunFolder { get; init; }

    /// <summary>The tier.</summary>
    /// <value>The default is <c>laptop</c>.</value>
    public string Tier { get; init; } = Tiers.Default;

    /// <summary>The data set that replaces the tier's own.</summary>
    /// <value>The default is null: the data that the lesson generates.</value>
    public string? Data { get; init; }

    /// <summary>Parameters by name that replace the lesson's values.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The seed.</summary>
    /// <value>The default is null: the lesson's own.</value>
    public long? Seed { get; init; }

    /// <summary>The time limit of each cell; null means none.</summary>
    public TimeSpan? CellTimeout { get; init; }

    /// <summary>The time limit of the notebook; null means none.</summary>
    public TimeSpan? NotebookTimeout { get; init; }

    /// <summary>The file of expected bands; null if the notebook is not a lesson of the repository.</summary>
    public string? ExpectedPath { get; init; }
}
