namespace Contrastive.Charts;

/// <summary>One series: a line, a group of bars, or the points of a class.</summary>
public sealed record SeriesDescription
{
    /// <summary>The name in the legend; empty for a series that has no entry there.</summary>
    public string Name { get; init; } = "";

    /// <summary>The index of its color in the theme; in a grid the place of its value among the legend's, or −1 for what is gray.</summary>
    public int Color { get; init; }

    /// <summary>Whether it is drawn faintly behind another, as raw values behind smoothed ones.</summary>
    public bool Faint { get; init; }

    /// <summary>Whether it is what others are compared with: dashed, gray and without markers.</summary>
    public bool Reference { get; init; }

    /// <summary>The x values.</summary>
    public IReadOnlyList<double?>? X { get; init; }

    /// <summary>Names in place of <see cref="X"/>.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The y values, or the heights of bars.</summary>
    public IReadOnlyList<double?> Y { get; init; } = [];

    /// <summary>The text shown on hover.</summary>
    public IReadOnlyList<string>? Hover { get; init; }

    /// <summary>The width of each bar in a histogram.</summary>
    public double? BarWidth { get; init; }

    /// <summary>The index of its panel.</summary>
    public int Panel { get; init; }

    /// <summary>Whether its points are hollow.</summary>
    public bool Hollow { get; init; }

    /// <summary>The size of its points in a panel.</summary>
    public double Size { get; init; }
}
