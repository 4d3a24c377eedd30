namespace Contrastive.Charts;

/// <summary>What a figure shows, as plain data. A missing number is a gap.</summary>
public sealed record FigureDescription
{
    /// <summary><c>lines</c>, <c>bars</c>, <c>histogram</c>, <c>points</c>, <c>heat</c> or <c>panels</c>.</summary>
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
}
