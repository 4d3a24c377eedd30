using System.Globalization;

namespace Contrastive.Display;

/// <summary>A figure as an HTML fragment.</summary>
internal static class FigureHtml
{
    /// <summary>Outputs may reach the page before the script does: the figure waits for it, at most 15 seconds.</summary>
    private const string Draw =
        "(function(){const place=document.getElementById(\"PLACE\"),figure=FIGURE;let left=150;(function draw(){if(!place)return;"
        + "if(window.Plotly){place.textContent=\"\";figure.layout.width=Math.min(figure.layout.width,place.clientWidth||figure.layout.width);Plotly.newPlot(place,figure.data,figure.layout,figure.config);}"
        + "else if(left-->0)setTimeout(draw,100);"
        + "else place.textContent=\"This figure needs plotly.js: run the cell with Lesson.Start again.\";})();})();";

    public static string Write(FigureData figure)
    {
        var place = "figure-" + Guid.NewGuid().ToString("N");
        var json = ChartsLibrary.Draw(figure.Description()).Replace("<", "\\u003c", StringComparison.Ordinal);
        var script = Draw.Replace("PLACE", place, StringComparison.Ordinal).Replace("FIGURE", json, StringComparison.Ordinal);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{PlotlyScript.Missing()}<div id=\"{place}\" role=\"img\" aria-label=\"{Html.Escape(figure.Title)}\" style=\"width:{figure.Width}px;height:{figure.Height}px;max-width:100%;background:#fff\"></div><script>{script}</script>");
    }
}
