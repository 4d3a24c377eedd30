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

    public static Table PaperVersusOurs(IReadOnlyCollection<PaperRow> rows)
    {
        var hasNotes = rows.Any(row => row.Note.Length > 0);
        return Table.Of(
            hasNotes ? ["", "Paper", "Ours", "Why they differ"] : ["", "Paper", "Ours"],
            rows.Select(row => (IReadOnlyList<object?>)[row.What, row.Paper ?? "–", row.Ours, .. hasNotes ? [row.Note] : Array.Empty<object?>()]));
    }
}

/// <summary>A number of the paper beside ours.</summary>
/// <param name="What">What is measured, on which data.</param>
/// <param name="Paper">The paper's number as printed, with its setup where that matters; null if it gives none.</param>
/// <param name="Ours">This run's number.</param>
/// <param name="Note">Why they differ.</param>
public sealed record PaperRow(string What, string? Paper, double Ours, string Note = "");
