namespace Contrastive.Display;

/// <summary>The field of a heat map; see <c>Contrastive.Charts.HeatDescription</c>.</summary>
internal sealed record HeatData(IReadOnlyList<double?[]> Values, double Least, double Most, bool Diverging)
{
    public IReadOnlyList<string[]>? Texts { get; init; }

    public IReadOnlyList<string>? Rows { get; init; }

    public IReadOnlyList<string>? Columns { get; init; }

    public string Scale { get; init; } = "";
}
