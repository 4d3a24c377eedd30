namespace Contrastive.Display;

/// <summary>One series of a figure; see <c>Contrastive.Charts.SeriesDescription</c>.</summary>
internal sealed record SeriesData(string Name, int Color, IReadOnlyList<double?> Y)
{
    public IReadOnlyList<double?>? X { get; init; }

    public IReadOnlyList<string>? Labels { get; init; }

    public IReadOnlyList<string>? Hover { get; init; }

    public bool Faint { get; init; }

    public double? BarWidth { get; init; }

    public int Panel { get; init; }
}
