using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Contrastive.Kernel.Lessons;
using Contrastive.Kernel.Running;

namespace Contrastive.Kernel.Pages;

/// <summary>The top of a page: how the run was made, how it ended, and its metrics against their bands.</summary>
internal static class PageHeader
{
    public static string Render(LessonResult result)
    {
        var html = new StringBuilder("<header class=\"run\">\n");
        html.Append("<dl class=\"facts\">");
        foreach (var (name, value) in Facts(result).Where(fact => !string.IsNullOrEmpty(fact.Value)))
        {
            html.Append($"<div><dt>{name}</dt><dd>{Html.Escape(value)}</dd></div>");
        }

        html.Append("</dl>\n");
        if (result.Run.Outcome != RunOutcome.Succeeded)
        {
            html.Append($"<p class=\"outcome failed\">{Html.Escape(result.Run.Message)}</p>\n");
        }

        return html.Append(Metrics(result)).Append("</header>\n").ToString();
    }

    private static IEnumerable<(string Name, string? Value)> Facts(LessonResult result)
    {
        var json = result.Metrics.Json;
        yield return ("lesson", json["lesson"]?.ToString());
        yield return ("tier", json["tier"]?.ToString());
        yield return ("data", json["data"]?.ToString());
        yield return ("seed", json["seed"]?.ToString());
        yield return ("device", json["device"]?.ToString());
        yield return ("time", Durations.Write(result.Run.Duration));
        yield return ("memory", $"{result.Run.PeakMemoryBytes / (1024 * 1024)} MiB");
        yield return ("date", json["started"]?.ToString()[..10]);
        yield return ("commit", json["gitCommit"]?.ToString() is { Length: > 10 } commit
            ? commit[..10] + (commit.EndsWith("+changes", StringComparison.Ordinal) ? " with changes" : "") : null);
    }

    private static string Metrics(LessonResult result)
    {
        var bands = result.Bands?.ToDictionary(band => band.Metric) ?? [];
        var names = result.Metrics.Metrics.Select(pair => pair.Key).Union(bands.Keys).ToList();
        if (names.Count == 0)
        {
            return "";
        }

        var html = new StringBuilder("<table class=\"metrics\"><tbody>");
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

        return html.ToString();
    }

    private static string Number(JsonNode? value) => value is JsonValue number && number.GetValueKind() == JsonValueKind.Number
        ? number.GetValue<double>().ToString("0.####", CultureInfo.InvariantCulture)
        : value?.ToString() ?? "not recorded";
}
