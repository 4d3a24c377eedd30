using Contrastive.Display;

namespace Contrastive.Runs;

/// <summary>A run's records as tables.</summary>
internal static class RunTables
{
    public static Table Parameters(LessonRun run) => Table.Of(
        ["Parameter", "Value", "From"],
        run.ParameterList.Concat(run.SwitchList).Select(parameter => (IReadOnlyList<object?>)
            [parameter.Name, parameter.Value, parameter.Source == "--set" ? $"--set (else {NumberText.Of(parameter.Default)})" : parameter.Source]),
        run.ToString());

    public static Table Metrics(IEnumerable<(string Name, double Value)> metrics) => Table.Of(
        ["Metric", "Value"],
        metrics.Select(metric => (IReadOnlyList<object?>)[metric.Name, metric.Value]));

    public static Table PaperVersusOurs(IReadOnlyCollection<PaperRow> rows, string? title)
    {
        var hasSources = rows.Any(row => row.Source.Length > 0);
        var hasNotes = rows.Any(row => row.Note.Length > 0);
        return Table.Of(
            ["", "Paper", "Ours", .. hasSources ? ["Source"] : Array.Empty<string>(), .. hasNotes ? ["Why they differ"] : Array.Empty<string>()],
            rows.Select(row => (IReadOnlyList<object?>)
                [row.What, row.Paper ?? "–", row.Ours, .. hasSources ? [row.Source] : Array.Empty<object?>(), .. hasNotes ? [row.Note] : Array.Empty<object?>()]),
            title);
    }
}

/// <summary>A number of the paper beside ours.</summary>
/// <param name="What">What is measured, on which data.</param>
/// <param name="Paper">The paper's number as printed, with its setup where that matters; null if it gives none.</param>
/// <param name="Ours">This run's number.</param>
/// <param name="Note">Why they differ.</param>
/// <param name="Source">Where the paper's number stands: <c>table 5</c>, <c>the authors' README</c>.</param>
public sealed record PaperRow(string What, string? Paper, double Ours, string Note = "", string Source = "");
