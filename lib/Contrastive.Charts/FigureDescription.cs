namespace Contrastive.Charts;

/// <summary>What a figure shows, as plain data. A missing number is a gap.</summary>
public sealed record FigureDescription
{
    /// <summary><c>lines</c>, <c>bars</c>, <c>dots</c>, <c>histogram</c>, <c>points</c>, <c>heat</c> or <c>panels</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The title above the figure.</summary>
    public string Title { get; init; } = "";

    /// <summary>The title of the horizontal axis.</summary>
    public string XTitle { get; init; } = "";

    /// <summary>The title of the vertical axis.</summary>
    public string YTitle { get; init; } = "";

    /// <summary>The width in pixels.</summary>
    public int Width { get; init; }

    /// <summary>The height in pixels.</summary>
    public int Height { get; init; }

    /// <summary>The series of every kind but <c>heat</c>.</summary>
    public IReadOnlyList<SeriesDescription> Series { get; init; } = [];

    /// <summary>The data of a heat map.</summary>
    public HeatDescription? Heat { get; init; }

    /// <summary>The names of the panels.</summary>
    public IReadOnlyList<string> Panels { get; init; } = [];

    /// <summary>The number of panels per row.</summary>
    public int Columns { get; init; }

    /// <summary>Each panel shows the plane from −<see cref="Reach"/> to <see cref="Reach"/> on both axes.</summary>
    public double Reach { get; init; }

    /// <summary>The names of the rows of dots, the first on top.</summary>
    public IReadOnlyList<string> Rows { get; init; } = [];

    /// <summary>What bars or dots are compared with.</summary>
    public IReadOnlyList<ReferenceDescription> References { get; init; } = [];

    /// <summary>The least and the greatest value on the axis of dots.</summary>
    public IReadOnlyList<double> Range { get; init; } = [];
}

/// <summary>A dashed line across the figure.</summary>
public sealed record ReferenceDescription
{
    /// <summary>The name at its end.</summary>
    public string Name { get; init; } = "";

    /// <summary>The value where it stands.</summary>
    public double At { get; init; }
}
