using System.Text.Json;
using System.Text.Json.Nodes;

namespace Contrastive.Display;

/// <summary>What a figure shows, before it is drawn: mirrors the description that <c>Contrastive.Charts</c> reads.</summary>
internal sealed record FigureData(string Kind, string Title, string XTitle, string YTitle, int Width = 720, int Height = 420)
{
    private static readonly JsonSerializerOptions Options = JsonSerializerOptions.Web;

    public IReadOnlyList<SeriesData> Series { get; init; } = [];

    public HeatData? Heat { get; init; }

    public IReadOnlyList<string>? Panels { get; init; }

    public int Columns { get; init; }

    public double Reach { get; init; }

    public IReadOnlyList<string>? Rows { get; init; }

    public IReadOnlyList<ReferenceData> References { get; init; } = [];

    public IReadOnlyList<double>? Range { get; init; }

    public bool EqualAspect { get; init; }

    public bool Unmarked { get; init; }

    public bool Circle { get; init; }

    public bool Logarithmic { get; init; }

    public double? Step { get; init; }

    public IReadOnlyList<LabelData> Labels { get; init; } = [];

    /// <summary>What the figure shows, in lines of text.</summary>
    public IReadOnlyList<string> Summary { get; init; } = [];

    public string Description()
    {
        var json = (JsonObject)JsonSerializer.SerializeToNode(this, Options)!;
        json.Remove("summary");
        return json.ToJsonString(Options);
    }
}

/// <summary>One series of a figure; see <c>Contrastive.Charts.SeriesDescription</c>.</summary>
internal sealed record SeriesData(string Name, int Color, IReadOnlyList<double?> Y)
{
    public IReadOnlyList<double?>? X { get; init; }

    public IReadOnlyList<string>? Labels { get; init; }

    public IReadOnlyList<string>? Hover { get; init; }

    public bool Faint { get; init; }

    public bool Reference { get; init; }

    public double? BarWidth { get; init; }

    public int Panel { get; init; }

    public bool Hollow { get; init; }

    public double Size { get; init; } = 9;
}

/// <summary>A name in the plane; see <c>Contrastive.Charts.LabelDescription</c>.</summary>
internal sealed record LabelData(string Text, double X, double Y);

/// <summary>A dashed line at a value; see <c>Contrastive.Charts.ReferenceDescription</c>.</summary>
internal sealed record ReferenceData(string Name, double At);

/// <summary>The data of a heat map; see <c>Contrastive.Charts.HeatDescription</c>.</summary>
internal sealed record HeatData(IReadOnlyList<double?[]> Values, double Least, double Most, bool Diverging)
{
    public IReadOnlyList<string[]>? Texts { get; init; }

    public IReadOnlyList<string>? Rows { get; init; }

    public IReadOnlyList<string>? Columns { get; init; }

    public string Scale { get; init; } = "";
}
