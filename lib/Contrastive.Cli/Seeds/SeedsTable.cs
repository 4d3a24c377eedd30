using System.Globalization;
using Spectre.Console;

namespace Contrastive.Cli.Seeds;

/// <summary>Each metric's mean, standard deviation and range over the seeds.</summary>
internal static class SeedsTable
{
    public static void Write(IAnsiConsole console, SeedRuns runs)
    {
        if (runs.Metrics.Count == 0)
        {
            console.WriteLine("No metrics were recorded.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("metric", "mean ± sd", "least", "greatest");
        foreach (var (metric, values) in runs.Metrics)
        {
            var name = values.Count == runs.Runs.Count ? metric : string.Create(CultureInfo.InvariantCulture, $"{metric} ({values.Count} of {runs.Runs.Count} seeds)");
            table.AddRow(name.EscapeMarkup(), $"{Show(values.Average(), "G4")} ± {(values.Count < 2 ? "–" : Show(Sample.Deviation(values), "G2"))}", Show(values.Min(), "G4"), Show(values.Max(), "G4"));
        }

        console.Write(table);
    }

    private static string Show(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
