using Plotly.NET;

namespace Contrastive.Charts;

/// <summary>Small 2-D plots side by side, points in color and arrows in gray.</summary>
internal static class Panels
{
    private const double Gap = 0.02;

    /// <summary>Of a row's height; the rest is for the titles of the row below, or for the legend.</summary>
    private const double PanelShare = 0.82;

    public static Trace2D Trace(SeriesDescription series)
    {
        var trace = new Trace2D("scatter");
        var isArrows = series.Name.Length == 0;
        trace.SetProperty("x", series.X ?? []);
        trace.SetProperty("y", series.Y);
        trace.SetProperty("xaxis", "x" + Number(series.Panel));
        trace.SetProperty("yaxis", "y" + Number(series.Panel));
        trace.SetProperty("name", series.Name);
        trace.SetProperty("legendgroup", series.Name);
        trace.SetProperty("showlegend", !isArrows && !series.Hollow && series.Panel == 0);
        trace.SetProperty("mode", isArrows ? "lines" : "markers");
        if (isArrows)
        {
            trace.SetProperty("line", new Part { ["color"] = "#444444", ["width"] = 1.6 });
            trace.SetProperty("hoverinfo", "skip");
        }
        else
        {
            trace.SetProperty("marker", new Part
            {
                ["color"] = series.Hollow ? "#ffffff" : Theme.Color(series.Color),
                ["size"] = series.Size,
                ["opacity"] = 0.85,
                ["line"] = new Part { ["color"] = Theme.Color(series.Color), ["width"] = series.Hollow ? 2 : 0 },
            });
            trace.SetProperty("hovertemplate", "(%{x:.3~g}, %{y:.3~g})");
            if (series.Hover is { } texts)
                Label(trace, texts, series);
        }

        return trace;
    }

    public static void Lay(Layout layout, FigureDescription figure)
    {
        var rows = (figure.Panels.Count + figure.Columns - 1) / figure.Columns;
        var titles = new List<Part>();
        for (var panel = 0; panel < figure.Panels.Count; panel++)
        {
            var (row, column) = Math.DivRem(panel, figure.Columns);
            double left = (double)column / figure.Columns, top = 1 - ((double)row / rows);
            var (right, bottom) = (left + (1.0 / figure.Columns) - Gap, top - (PanelShare / rows));
            layout.SetProperty("xaxis" + Number(panel), Axis(figure.Reach, left, right, "y" + Number(panel)));
            var upright = Axis(figure.Reach, bottom, top, "x" + Number(panel));
            upright["scaleanchor"] = "x" + Number(panel);
            layout.SetProperty("yaxis" + Number(panel), upright);
            titles.Add(new Part
            {
                ["text"] = figure.Panels[panel],
                ["showarrow"] = false,
                ["xref"] = "paper",
                ["yref"] = "paper",
                ["x"] = (left + right) / 2,
                ["y"] = top,
                ["xanchor"] = "center",
                ["yanchor"] = "bottom",
                ["font"] = new Part { ["size"] = 12 },
            });
        }

        layout.SetProperty("annotations", titles);
        if (figure.Circle)
            layout.SetProperty("shapes", figure.Panels.Select((_, panel) => Circle(panel)).ToArray());
        layout.SetProperty("showlegend", true);
        layout.SetProperty("legend", new Part { ["orientation"] = "h", ["x"] = 0, ["y"] = (1 - PanelShare) / rows, ["xanchor"] = "left", ["yanchor"] = "top" });
        layout.SetProperty("margin", new Part { ["l"] = 20, ["r"] = 20, ["t"] = 82, ["b"] = 18, ["pad"] = 0 });
    }

    /// <summary>The name of each point beside it, on the side of the middle.</summary>
    private static void Label(Trace2D trace, IReadOnlyList<string> texts, SeriesDescription series)
    {
        trace.SetProperty("mode", "markers+text");
        trace.SetProperty("text", texts);
        trace.SetProperty("textfont", new Part { ["size"] = 12 });
        trace.SetProperty("textposition", (series.X ?? []).Zip(series.Y, Side).ToArray());
        static string Side(double? x, double? y) => Math.Abs(y ?? 0) > Math.Abs(x ?? 0)
            ? y > 0 ? "bottom center" : "top center"
            : x > 0 ? "middle left" : "middle right";
    }

    private static Part Circle(int panel) => new()
    {
        ["type"] = "circle",
        ["xref"] = "x" + Number(panel),
        ["yref"] = "y" + Number(panel),
        ["x0"] = -1,
        ["x1"] = 1,
        ["y0"] = -1,
        ["y1"] = 1,
        ["layer"] = "below",
        ["line"] = new Part { ["color"] = "#cccccc", ["width"] = 1 },
    };

    /// <summary>plotly.js's axis number: none for the first.</summary>
    private static string Number(int panel) => panel == 0 ? "" : (panel + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Part Axis(double reach, double from, double to, string other) => new()
    {
        ["domain"] = new[] { from, to },
        ["anchor"] = other,
        ["range"] = new[] { -reach, reach },
        ["constrain"] = "domain",
        ["showgrid"] = false,
        ["zeroline"] = true,
        ["zerolinecolor"] = "#ececec",
        ["showline"] = true,
        ["mirror"] = true,
        ["linecolor"] = "#cccccc",
        ["showticklabels"] = false,
    };
}
