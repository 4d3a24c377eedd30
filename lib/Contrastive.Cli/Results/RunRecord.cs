namespace Contrastive.Cli.Results;

/// <summary>What a run's metrics.json says.</summary>
internal sealed record RunRecord
{
    public required string Folder { get; init; }

    public required string Lesson { get; init; }

    public required string Tier { get; init; }

    public required string Data { get; init; }

    public required string Seed { get; init; }

    public required string Device { get; init; }

    /// <summary>What <c>--set</c> changed: <c>temperature=0.5</c>; empty if nothing.</summary>
    public string Overridden { get; init; } = "";

    /// <summary>How the run ended, if its runner recorded it.</summary>
    public string? Outcome { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>The metrics outside their expected band.</summary>
    public IReadOnlySet<string> OutOfBand { get; init; } = new HashSet<string>();

    /// <summary>The recorded numbers, in the order of the record.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> Metrics { get; init; }
}
