using System.Text;
using Contrastive.Kernel.Lessons;
using Contrastive.Kernel.Running;

namespace Contrastive.Kernel.Pages;

/// <summary>The top of a page: what was run, and how it ended. What it measured stands below the cells, so as to give no cell away.</summary>
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

        return html.Append("</header>\n").ToString();
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
        yield return ("outcome", Outcome(result));
    }

    private static string Outcome(LessonResult result) => result.Run.Outcome switch
    {
        RunOutcome.Succeeded when result.Succeeded => "every cell ran",
        RunOutcome.Succeeded => "every cell ran; not every metric is in its band",
        RunOutcome.Failed => "a cell failed",
        RunOutcome.TimedOut => "stopped at its time limit",
        RunOutcome.Crashed => "its process ended by itself",
        _ => "stopped from outside",
    };
}
