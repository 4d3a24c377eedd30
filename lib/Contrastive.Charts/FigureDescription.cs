namespace Contrastive.Charts;

/// <summary>What a figure shows, as plain data. A missing number is a gap.</summary>
public sealed record FigureDescription
{
    /// <summary><c>lines</c>, <c>bars</c>, <c>dots</c>, <c>histogram</c>, <c>points</c>, <c>heat</c>, <c>grid</c> or <c>panels</c>.</summary>
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

    /// <summary>The data of a heat map or a grid.</summary>
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

    /// <summary>Whether a unit is as long on both axes.</summary>
    public bool EqualAspect { get; init; }

    /// <summary>Whether the axes have no numbers.</summary>
    public bool Unmarked { get; init; }

    /// <summary>Whether panels show the unit circle.</summary>
    public bool Circle { get; init; }

    /// <summary>Whether the vertical axis is logarithmic.</summary>
    public bool Logarithmic { get; init; }

    /// <summary>The step between the marks of the horizontal axis; plotly.js chooses if null.</summary>
    public double? Step { get; init; }

    /// <summary>Names among the points.</summary>
    public IReadOnlyList<LabelDescription> Labels { get; init; } = [];
}

/// <summary>A name in the plane.</summary>
public sealed record LabelDescription
{
    /// <summary>The name.</summary>
    public string Text { get; init; } = "";

    /// <summary>Its place on the horizontal axis.</summary>
    public double X { get; init; }

    /// <summary>Its place on the vertical axis.</summary>
    public double Y { get; init; }
}

/// <summary>A dashed line across the figure.</summary>
public sealed record ReferenceDescription
{
    /// <summary>The name at its end.</summary>
    public string Name { get; init; } = "";

    /// <summary>The value where it stands.</summary>
    public double At { get; init; }
}
