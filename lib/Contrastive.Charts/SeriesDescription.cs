namespace Contrastive.Charts;

/// <summary>One series: a line, a group of bars, or the points of a class.</summary>
public sealed record SeriesDescription
{
    /// <summary>The name in the legend; empty for a series that has no entry there.</summary>
    public string Name { get; init; } = "";

    /// <summary>Which of the theme's colors.</summary>
    public int Color { get; init; }

    /// <summary>Whether it stands behind another, as raw values behind smooth ones.</summary>
    public bool Faint { get; init; }

    /// <summary>Horizontal places.</summary>
    public IReadOnlyList<double?>? X { get; init; }

    /// <summary>Names in the place of <see cref="X"/>.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Vertical places, or the lengths of bars.</summary>
    public IReadOnlyList<double?> Y { get; init; } = [];

    /// <summary>What shows when the pointer is on a point.</summary>
    public IReadOnlyList<string>? Hover { get; init; }

    /// <summary>The width of each bar in a histogram.</summary>
    public double? BarWidth { get; init; }

    /// <summary>The panel in which it stands.</summary>
    public int Panel { get; init; }
}
