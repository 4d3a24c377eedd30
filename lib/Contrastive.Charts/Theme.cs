using Plotly.NET;

namespace Contrastive.Charts;

/// <summary>How every figure looks: quiet, on white, in colors that color-blind readers can tell apart.</summary>
internal static class Theme
{
    private const string Ink = "#222222";
    public const string Gray = "#666666";
    private const string Grid = "#ececec";
    private const string Fonts = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

    /// <summary>Okabe and Ito's palette without its yellow, which is lost on white, then three of Tol's.</summary>
    private static readonly string[] Colors =
        ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#555555", "#882255", "#999933", "#332288"];

    /// <summary>Symbols as well as colors tell classes apart.</summary>
    private static readonly string[] Symbols = ["circle", "diamond", "square", "triangle-up", "cross", "triangle-down", "star", "pentagon", "hexagram"];

    private static readonly object[][] Sequential =
        [[0.0, "#ffffff"], [0.15, "#deebf4"], [0.4, "#8fbbdb"], [0.7, "#2f7fb8"], [1.0, "#08395f"]];

    private static readonly object[][] DivergingScale =
        [[0.0, "#8f3b00"], [0.25, "#e08a4f"], [0.5, "#ffffff"], [0.75, "#4f9bcb"], [1.0, "#08395f"]];

    public static string Color(int index) => Colors[index % Colors.Length];

    public static string Translucent(int index) => Color(index) + "40";

    public static string Symbol(int index) => Symbols[index % Symbols.Length];

    public static object[][] Scale(bool diverging) => diverging ? DivergingScale : Sequential;

    public static Part ColorBar(string title) => new()
    {
        ["title"] = new Part { ["text"] = title, ["side"] = "right", ["font"] = new Part { ["size"] = 13, ["color"] = Gray } },
        ["tickfont"] = new Part { ["size"] = 12, ["color"] = Gray },
        ["thickness"] = 12,
        ["outlinewidth"] = 0,
    };

    public static Config Config()
    {
        var config = new Config();
        config.SetProperty("displaylogo", false);
        config.SetProperty("displayModeBar", false);
        return config;
    }

    public static Layout Layout(FigureDescription figure)
    {
        var layout = new Layout();
        layout.SetProperty("width", figure.Width);
        layout.SetProperty("height", figure.Height);
        layout.SetProperty("title", new Part
        {
            ["text"] = figure.Title,
            ["x"] = figure.Kind == "dots" ? 0.02 : 0, // the names of rows move the paper far to the right
            ["xref"] = figure.Kind == "dots" ? "container" : "paper",
            ["xanchor"] = "left",
            ["y"] = 1,
            ["yref"] = "container",
            ["yanchor"] = "top",
            ["pad"] = new Part { ["t"] = 16 },
            ["font"] = new Part { ["size"] = 16, ["color"] = Ink },
        });
        layout.SetProperty("font", new Part { ["family"] = Fonts, ["size"] = 13, ["color"] = Ink });
        layout.SetProperty("paper_bgcolor", "#ffffff");
        layout.SetProperty("plot_bgcolor", "#ffffff");
        layout.SetProperty("hoverlabel", new Part { ["bgcolor"] = "#ffffff", ["bordercolor"] = "#bbbbbb", ["font"] = new Part { ["color"] = Ink, ["size"] = 13 } });
        layout.SetProperty("bargap", figure.Kind == "histogram" ? 0 : 0.45);
        layout.SetProperty("barmode", figure.Kind == "histogram" ? "overlay" : "group");
        if (figure.Kind == "panels")
        {
            Panels.Lay(layout, figure);
            return layout;
        }

        layout.SetProperty("xaxis", Horizontal(figure));
        layout.SetProperty("yaxis", Vertical(figure));
        Legend(layout, figure);
        References.Draw(layout, figure);
        return layout;
    }

    private static void Legend(Layout layout, FigureDescription figure)
    {
        var entries = figure.Series.Count(series => series.Name.Length > 0 && (!series.Faint || figure.Kind == "dots"));
        var beside = figure.Kind == "points" || entries > 5;
        layout.SetProperty("showlegend", entries > (beside ? 0 : 1));
        layout.SetProperty("legend", beside
            ? new Part { ["x"] = 1.02, ["y"] = 1, ["xanchor"] = "left", ["itemsizing"] = "constant" }
            : new Part { ["orientation"] = "h", ["x"] = 0, ["y"] = 1.02, ["xanchor"] = "left", ["yanchor"] = "bottom" });
        var above = !beside && entries > 1;
        layout.SetProperty("margin", new Part { ["l"] = 70, ["r"] = 24, ["t"] = above ? 82 : 56, ["b"] = 58, ["pad"] = 0 });
    }

    private static Part Horizontal(FigureDescription figure)
    {
        var axis = Axis(figure.XTitle, lines: figure.Kind is "points" or "dots");
        if (figure.Kind == "dots")
            axis["range"] = figure.Range;
        if (figure.Kind == "heat")
            Cells(axis, figure.Heat!.Columns);
        return axis;
    }

    private static Part Vertical(FigureDescription figure)
    {
        var axis = Axis(figure.YTitle, lines: figure.Kind != "heat");
        if (figure.Kind is "bars" or "histogram")
            axis["rangemode"] = "tozero";
        if (figure.Kind == "dots")
            (axis["type"], axis["categoryorder"], axis["categoryarray"], axis["range"]) = ("category", "array", figure.Rows, new[] { figure.Rows.Count - 0.4, -0.7 });
        if (figure.Kind is "heat")
        {
            Cells(axis, figure.Heat!.Rows);
            axis["autorange"] = "reversed";
        }

        return axis;
    }

    private static void Cells(Part axis, IReadOnlyList<string>? names)
    {
        axis["showline"] = false;
        if (names is not null)
            (axis["type"], axis["tickmode"]) = ("category", "linear");
    }

    private static Part Axis(string title, bool lines) => new()
    {
        ["title"] = new Part { ["text"] = title, ["font"] = new Part { ["size"] = 13, ["color"] = Gray }, ["standoff"] = 10 },
        ["showgrid"] = lines,
        ["gridcolor"] = Grid,
        ["zeroline"] = false,
        ["showline"] = true,
        ["linecolor"] = "#999999",
        ["ticks"] = "outside",
        ["tickcolor"] = "#999999",
        ["ticklen"] = 4,
        ["tickfont"] = new Part { ["color"] = Gray, ["size"] = 12 },
        ["automargin"] = true,
    };
}
