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

    /// <summary>Lines of text that say what is to be seen.</summary>
    public IReadOnlyList<string> Summary { get; init; } = [];

    public string Description()
    {
        var json = (JsonObject)JsonSerializer.SerializeToNode(this, Options)!;
        json.Remove("summary");
        return json.ToJsonString(Options);
    }
}
