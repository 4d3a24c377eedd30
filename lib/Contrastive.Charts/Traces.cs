using Plotly.NET;

namespace Contrastive.Charts;

/// <summary>The traces of each kind of figure.</summary>
internal static class Traces
{
    /// <summary>A figure with more points than this is drawn with WebGL.</summary>
    private const int MostSvgPoints = 6000;

    /// <summary>A line of at most this many points gets markers, so that measured values can be told from the line between them.</summary>
    private const int MostMarkedPoints = 30;

    public static IEnumerable<Trace> Of(FigureDescription figure) => figure.Kind switch
    {
        "lines" => figure.Series.Select(Line),
        "bars" or "histogram" => figure.Series.Select(Bars),
        "dots" => figure.Series.Select(Dots),
        "points" => figure.Series.Select(series => Points(series, figure.Series.Sum(each => each.Y.Count) > MostSvgPoints)),
        "panels" => figure.Series.Select(Panels.Trace),
        "grid" => Cells.Traces(figure),
        "heat" => [Heat(figure.Heat ?? throw new ArgumentException("A heat map needs values.", nameof(figure)))],
        _ => throw new ArgumentException($"There is no figure of kind '{figure.Kind}'.", nameof(figure)),
    };

    private static Trace2D Line(SeriesDescription series)
    {
        var trace = Series("scatter", series);
        trace.SetProperty("mode", series.Y.Count <= MostMarkedPoints && !series.Reference ? "lines+markers" : "lines");
        trace.SetProperty("marker", new Part { ["size"] = 6 });
        trace.SetProperty("line", new Part
        {
            ["color"] = series.Reference ? Theme.Gray : series.Faint ? Theme.Translucent(series.Color) : Theme.Color(series.Color),
            ["width"] = series.Faint ? 1 : series.Reference ? 1.4 : 2.2,
            ["dash"] = series.Reference ? "dash" : "solid",
        });
        trace.SetProperty("hovertemplate", "%{x}: %{y:.4~g}");
        if (series.Faint)
            trace.SetProperty("hoverinfo", "skip");
        return trace;
    }

    private static Trace2D Bars(SeriesDescription series)
    {
        var trace = Series("bar", series);
        if (series.Labels is { } labels)
            trace.SetProperty("x", labels);
        if (series.BarWidth is { } width)
            trace.SetProperty("width", width);
        trace.SetProperty("marker", new Part { ["color"] = Theme.Color(series.Color), ["line"] = new Part { ["width"] = 0 } });
        if (series.Hover is { } texts && series.BarWidth is null)
        {
            trace.SetProperty("text", texts);
            trace.SetProperty("textposition", "outside");
            trace.SetProperty("cliponaxis", false);
            trace.SetProperty("hovertemplate", "%{x}: %{y:.4~g}");
        }
        else
        {
            trace.SetProperty("opacity", 0.6);
            trace.SetProperty("hovertemplate", "%{x:.3~g}: %{y:.3~g}");
        }

        return trace;
    }

    private static Trace2D Dots(SeriesDescription series)
    {
        var trace = Series("scatter", series);
        trace.SetProperty("y", series.Labels ?? []);
        trace.SetProperty("showlegend", true);
        trace.SetProperty("mode", series.Faint ? "markers" : "markers+text");
        trace.SetProperty("marker", new Part { ["color"] = series.Faint ? Theme.Translucent(series.Color) : Theme.Color(series.Color), ["size"] = series.Faint ? 10 : 12 });
        trace.SetProperty("cliponaxis", false);
        trace.SetProperty("hovertemplate", "%{x:.4~g}");
        if (!series.Faint && series.Hover is { } texts)
        {
            trace.SetProperty("text", texts);
            trace.SetProperty("textposition", "top center");
            trace.SetProperty("textfont", new Part { ["size"] = 12 });
        }

        return trace;
    }

    private static Trace2D Points(SeriesDescription series, bool many)
    {
        var trace = Series(many ? "scattergl" : "scatter", series);
        trace.SetProperty("mode", "markers");
        trace.SetProperty("marker", new Part
        {
            ["color"] = Theme.Color(series.Color),
            ["size"] = 6,
            ["opacity"] = 0.75,
        });
        trace.SetProperty("hovertemplate", series.Hover is null ? "(%{x:.3~g}, %{y:.3~g})" : "%{text}");
        if (series.Hover is { } texts)
            trace.SetProperty("text", texts);
        return trace;
    }

    private static Trace2D Heat(HeatDescription heat)
    {
        var trace = new Trace2D("heatmap");
        trace.SetProperty("z", heat.Values);
        if (heat.Columns is { } columns)
            trace.SetProperty("x", columns);
        if (heat.Rows is { } rows)
            trace.SetProperty("y", rows);
        trace.SetProperty("zmin", heat.Least);
        trace.SetProperty("zmax", heat.Most);
        trace.SetProperty("colorscale", Theme.Scale(heat.Diverging));
        trace.SetProperty("colorbar", Theme.ColorBar(heat.Scale));
        trace.SetProperty("hovertemplate", "row %{y}, column %{x}: %{z:.4~g}<extra></extra>");
        if (heat.Texts is { } texts)
        {
            trace.SetProperty("text", texts);
            trace.SetProperty("texttemplate", "%{text}");
        }

        return trace;
    }

    private static Trace2D Series(string type, SeriesDescription series)
    {
        var trace = new Trace2D(type);
        if (series.X is { } x)
            trace.SetProperty("x", x);
        trace.SetProperty("y", series.Y);
        trace.SetProperty("name", series.Name);
        trace.SetProperty("showlegend", series.Name.Length > 0 && !series.Faint);
        return trace;
    }
}
