namespace Contrastive.Charts;

/// <summary>The data of a heat map, its first row on top.</summary>
public sealed record HeatDescription
{
    /// <summary>The values, row by row.</summary>
    public required IReadOnlyList<IReadOnlyList<double?>> Values { get; init; }

    /// <summary>The text in each cell; null if there are too many to read.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Texts { get; init; }

    /// <summary>Names of the rows.</summary>
    public IReadOnlyList<string>? Rows { get; init; }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The value of the scale's first color.</summary>
    public double Least { get; init; }

    /// <summary>The value of the scale's last color.</summary>
    public double Most { get; init; }

    /// <summary>Whether the scale diverges from zero in two colors.</summary>
    public bool Diverging { get; init; }

    /// <summary>The title of the color scale.</summary>
    public string Scale { get; init; } = "";
}
