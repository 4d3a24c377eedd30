using Plotly.NET;

namespace Contrastive.Charts;

/// <summary>Dashed gray lines at what bars or dots are compared with, each with its name at its end.</summary>
internal static class References
{
    public static void Draw(Layout layout, FigureDescription figure)
    {
        if (figure.References.Count == 0)
            return;
        var upright = figure.Kind == "dots";
        layout.SetProperty("shapes", figure.References.Select(reference => Line(reference.At, upright)).ToArray());
        layout.SetProperty("annotations", figure.References.Select(reference => Name(reference, upright)).ToArray());
    }

    private static Part Line(double at, bool upright) => new()
    {
        ["type"] = "line",
        ["xref"] = upright ? "x" : "paper",
        ["yref"] = upright ? "paper" : "y",
        ["x0"] = upright ? at : 0,
        ["x1"] = upright ? at : 1,
        ["y0"] = upright ? 0 : at,
        ["y1"] = upright ? 1 : at,
        ["layer"] = "below",
        ["line"] = new Part { ["color"] = Theme.Gray, ["width"] = 1.4, ["dash"] = "dash" },
    };

    private static Part Name(ReferenceDescription reference, bool upright) => new()
    {
        ["text"] = reference.Name,
        ["showarrow"] = false,
        ["xref"] = upright ? "x" : "paper",
        ["yref"] = upright ? "paper" : "y",
        ["x"] = upright ? reference.At : 1,
        ["y"] = upright ? 0 : reference.At,
        ["xanchor"] = upright ? "left" : "right",
        ["yanchor"] = "bottom",
        ["font"] = new Part { ["size"] = 11, ["color"] = Theme.Gray },
    };
}
