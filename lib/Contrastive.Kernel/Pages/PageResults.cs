using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Contrastive.Kernel.Lessons;

namespace Contrastive.Kernel.Pages;

/// <summary>The end of a page: the run's metrics against their bands.</summary>
internal static class PageResults
{
    public static string Render(LessonResult result)
    {
        var bands = result.Bands?.ToDictionary(band => band.Metric) ?? [];
        var names = result.Metrics.Metrics.Select(pair => pair.Key).Union(bands.Keys).ToList();
        if (names.Count == 0)
        {
            return "";
        }

        var html = new StringBuilder("<section class=\"results\">\n<h2>What this run measured</h2>\n<table class=\"metrics\"><tbody>");
        foreach (var name in names)
        {
            html.Append($"<tr><th scope=\"row\">{Html.Escape(name)}</th><td>{Html.Escape(Number(result.Metrics.Metrics[name]))}</td><td>");
            if (bands.GetValueOrDefault(name) is { } band)
            {
                var (mark, word) = band.Holds ? ("✓", "in band") : ("✗", "out of band");
                html.Append($"<span class=\"{(band.Holds ? "holds" : "fails")}\" title=\"{word}\">{mark}</span> {band.Range}");
            }

            html.Append("</td></tr>");
        }

        html.Append("</tbody></table>\n");
        if (result.Bands is null)
        {
            html.Append("<p class=\"note\">There is no expected band for this tier and data set.</p>\n");
        }

        return html.Append("</section>\n").ToString();
    }

    private static string Number(JsonNode? value) => value is JsonValue number && number.GetValueKind() == JsonValueKind.Number
        ? number.GetValue<double>().ToString("0.####", CultureInfo.InvariantCulture)
        : value?.ToString() ?? "not recorded";
}
