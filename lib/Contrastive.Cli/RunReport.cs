using Contrastive.Kernel.Lessons;
using Contrastive.Kernel.Running;
using Spectre.Console;

namespace Contrastive.Cli;

/// <summary>Runs a lesson and reports on it: what is run, a line for each cell, the outcome and where to look.</summary>
internal static class RunReport
{
    public static async Task<LessonResult> RunAsync(LessonRequest request, CancellationToken cancellation)
    {
        string?[] parts =
        [
            $"tier {request.Tier}",
            request.Data is null ? null : $"data {request.Data}",
            request.Seed is null ? null : $"seed {request.Seed}",
            .. request.Settings.Select(pair => $"{pair.Key} = {pair.Value}"),
        ];
        var what = string.Join(" · ", parts.Where(part => part is not null));
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 10_000; // lines are never wrapped
        }

        AnsiConsole.MarkupLineInterpolated($"[bold]{request.Lesson}[/]  [grey]{what}[/]");
        using var lines = new CellLines();
        var result = await LessonRunner.RunAsync(request, lines, cancellation);
        Tell(request, result);
        return result;
    }

    private static void Tell(LessonRequest request, LessonResult result)
    {
        var metrics = result.Metrics;
        if (result.Run.Outcome != RunOutcome.Succeeded)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{result.Run.Message}[/]");
        }
        else if (result.Bands is null)
        {
            AnsiConsole.MarkupLineInterpolated($"There is no expected band for {request.Lesson} at tier {request.Tier} with data {metrics.Data}: its metrics were not checked.");
        }
        else
        {
            foreach (var band in result.Bands)
            {
                AnsiConsole.MarkupLineInterpolated($"{(band.Holds ? "  in band " : "  OUT OF BAND")} {band}");
            }
        }

        var seconds = Durations.Write(result.Run.Duration);
        var memory = result.Run.PeakMemoryBytes / (1024 * 1024);
        AnsiConsole.MarkupLineInterpolated($"{(result.Succeeded ? "Succeeded" : "Failed")} in {seconds}, peak memory {memory} MiB.");
        // Full paths, never wrapped, so that they can be clicked and copied.
        Console.WriteLine($"Page: {Path.GetFullPath(result.PagePath)}");
    }
}
