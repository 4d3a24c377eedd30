using Plotly.NET;

namespace Contrastive.Charts;

/// <summary>Cells that are one of a few things: flat colors, and a legend in place of a scale.</summary>
internal static class Cells
{
    /// <summary>From the least value to the greatest.</summary>
    private static readonly string[][] Shades =
    [
        ["#2f7fb8"],
        ["#deebf4", "#2f7fb8"],
        ["#deebf4", "#8fbbdb", "#08395f"],
        ["#deebf4", "#8fbbdb", "#2f7fb8", "#08395f"],
        ["#deebf4", "#b5d2e7", "#74a9cf", "#2f7fb8", "#08395f"],
        ["#deebf4", "#b5d2e7", "#8fbbdb", "#5a9bca", "#2f7fb8", "#08395f"],
    ];

    public static IEnumerable<Trace> Traces(FigureDescription figure)
    {
        var heat = figure.Heat ?? throw new ArgumentException("A grid needs values.", nameof(figure));
        var shades = Shades[Math.Max(1, figure.Series.Count(series => series.Color >= 0)) - 1];
        var cells = new Trace2D("heatmap");
        cells.SetProperty("z", heat.Values);
        cells.SetProperty("zmin", -0.5);
        cells.SetProperty("zmax", shades.Length - 0.5);
        cells.SetProperty("colorscale", shades.SelectMany((shade, place) => new object[][]
        {
            [(double)place / shades.Length, shade],
            [(place + 1.0) / shades.Length, shade],
        }).ToArray());
        cells.SetProperty("showscale", false);
        cells.SetProperty("hovertemplate", "row %{y}, column %{x}<extra></extra>");
        var gap = heat.Values.Count <= 40 && heat.Values[0].Count <= 40 ? 1 : 0;
        cells.SetProperty("xgap", gap);
        cells.SetProperty("ygap", gap);
        return [cells, .. figure.Series.Select(series => Entry(series, series.Color < 0 ? Theme.Missing : shades[series.Color]))];
    }

    /// <summary>An entry in the legend, of a series without a point.</summary>
    private static Trace2D Entry(SeriesDescription series, string shade)
    {
        var trace = new Trace2D("scatter");
        trace.SetProperty("x", new double?[] { null });
        trace.SetProperty("y", new double?[] { null });
        trace.SetProperty("mode", "markers");
        trace.SetProperty("name", series.Name);
        trace.SetProperty("showlegend", true);
        trace.SetProperty("hoverinfo", "skip");
        trace.SetProperty("marker", new Part { ["color"] = shade, ["symbol"] = "square", ["size"] = 12, ["line"] = new Part { ["color"] = "#999999", ["width"] = 1 } });
        return trace;
    }
}
