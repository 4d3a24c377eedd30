using Plotly.NET;

namespace Contrastive.Charts;

/// <summary>How every figure looks: quiet, on white, in colors that color-blind readers can tell apart.</summary>
internal static class Theme
{
    private const string Ink = "#222222";
    public const string Gray = "#666666";
    private const string Grid = "#ececec";

    /// <summary>What has no value, in heat maps and grids.</summary>
    public const string Missing = "#c9c9c9";

    private const string Fonts = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

    /// <summary>Okabe and Ito's palette without its yellow, which is lost on white, then three of Tol's.</summary>
    private static readonly string[] Colors =
        ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#555555", "#882255", "#999933", "#332288"];

    private static readonly object[][] Sequential =
        [[0.0, "#ffffff"], [0.15, "#deebf4"], [0.4, "#8fbbdb"], [0.7, "#2f7fb8"], [1.0, "#08395f"]];

    private static readonly object[][] DivergingScale =
        [[0.0, "#8f3b00"], [0.25, "#e08a4f"], [0.5, "#ffffff"], [0.75, "#4f9bcb"], [1.0, "#08395f"]];

    public static string Color(int index) => Colors[index % Colors.Length];

    public static string Translucent(int index) => Color(index) + "40";

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
        layout.SetProperty("plot_bgcolor", figure.Heat is null ? "#ffffff" : Missing);
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
        if (figure.Labels.Count > 0)
            layout.SetProperty("annotations", figure.Labels.Select(Name).ToArray());
        return layout;
    }

    private static Part Name(LabelDescription label) => new()
    {
        ["text"] = label.Text,
        ["showarrow"] = false,
        ["x"] = label.X,
        ["y"] = label.Y,
        ["bgcolor"] = "rgba(255,255,255,0.75)",
        ["borderpad"] = 1,
        ["font"] = new Part { ["size"] = 13, ["color"] = Ink },
    };

    private static void Legend(Layout layout, FigureDescription figure)
    {
        var entries = figure.Series.Count(series => series.Name.Length > 0 && (!series.Faint || figure.Kind == "dots"));
        var beside = figure.Kind == "points" || (entries > 5 && figure.Kind != "grid");
        layout.SetProperty("showlegend", entries > (beside || figure.Kind == "grid" ? 0 : 1));
        layout.SetProperty("legend", beside
            ? new Part { ["x"] = 1.02, ["y"] = 1, ["xanchor"] = "left", ["itemsizing"] = "constant" }
            : new Part { ["orientation"] = "h", ["x"] = 0, ["y"] = 1.02, ["xanchor"] = "left", ["yanchor"] = "bottom" });
        var above = !beside && entries > (figure.Kind == "grid" ? 0 : 1);
        layout.SetProperty("margin", new Part { ["l"] = 70, ["r"] = 24, ["t"] = above ? 82 : 56, ["b"] = 58, ["pad"] = 0 });
    }

    private static Part Horizontal(FigureDescription figure)
    {
        var axis = Axis(figure.XTitle, lines: figure.Kind is "points" or "dots");
        if (figure.Kind == "dots")
            axis["range"] = figure.Range;
        if (figure.Step is { } step)
            axis["dtick"] = step;
        if (figure.Heat is { } heat)
            Cells(axis, heat.Columns, heat.Values[0].Count);
        Unmark(axis, figure);
        return axis;
    }

    private static Part Vertical(FigureDescription figure)
    {
        var axis = Axis(figure.YTitle, lines: figure.Heat is null);
        if (figure.Kind is "bars" or "histogram")
            axis["rangemode"] = "tozero";
        if (figure.Kind == "dots")
            (axis["type"], axis["categoryorder"], axis["categoryarray"], axis["range"]) = ("category", "array", figure.Rows, new[] { figure.Rows.Count - 0.4, -0.7 });
        if (figure.Logarithmic)
            (axis["type"], axis["exponentformat"]) = ("log", "power");
        if (figure.EqualAspect)
            (axis["scaleanchor"], axis["scaleratio"]) = ("x", 1);
        if (figure.Heat is { } heat)
        {
            Cells(axis, heat.Rows, heat.Values.Count);
            axis["autorange"] = "reversed";
        }

        Unmark(axis, figure);

        return axis;
    }

    private static void Cells(Part axis, IReadOnlyList<string>? names, int count)
    {
        axis["showline"] = false;
        if (names is not null)
            (axis["type"], axis["tickmode"]) = ("category", "linear");
        else if (count <= 16)
            axis["dtick"] = 1;
    }

    private static void Unmark(Part axis, FigureDescription figure)
    {
        if (figure.Unmarked)
        {
            (axis["showticklabels"], axis["ticks"], axis["showgrid"]) = (false, "", false);
            ((Part)axis["title"]).Remove("standoff"); // counted from the numbers, which are not there
        }
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
