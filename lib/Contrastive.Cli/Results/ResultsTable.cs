using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Contrastive.Cli.Results;

/// <summary>Published numbers beside ours: a row for each metric of runs that differ in their seed alone, with mean and standard deviation. A
/// published number stands beside a run of its data in the paper's setup only; beside a shorter training it would mislead.</summary>
internal sealed class ResultsTable
{
    private static readonly string[] Headings = ["lesson", "data", "tier", "set", "seeds", "device", "metric", "ours", "published"];

    private const int OwnColumns = 6;
    private const string Success = "Succeeded";
    private const string PaperTier = "paper";

    private readonly List<string[]> _rows = [];
    private readonly List<string> _settings = [];

    private ResultsTable()
    {
    }

    public static ResultsTable Make(IReadOnlyList<RunRecord> runs, IReadOnlyList<Published> published, bool eachRun = false)
    {
        var table = new ResultsTable();
        var groups = runs.OrderBy(run => run.Lesson, StringComparer.Ordinal).ThenBy(run => run.Data, StringComparer.Ordinal).ThenBy(run => run.Tier, StringComparer.Ordinal)
            .ThenBy(run => run.Overridden, StringComparer.Ordinal).ThenBy(run => run.Seed.Length).ThenBy(run => run.Seed, StringComparer.Ordinal).ThenBy(run => run.Time)
            .GroupBy(run => (run.Lesson, run.Data, run.Tier, run.Overridden, run.Device, run.Outcome, Folder: eachRun ? run.Folder : ""));
        foreach (var group in groups)
            table.Add([.. group], published);
        return table;
    }

    private void Add(IReadOnlyList<RunRecord> runs, IReadOnlyList<Published> published)
    {
        var run = runs[0];
        var lesson = run.Outcome is null or Success ? run.Lesson : $"{run.Lesson} ({run.Outcome})";
        var seeds = string.Join(", ", runs.Select(other => other.Seed));
        string[] metrics = [.. runs.SelectMany(other => other.Metrics).Select(metric => metric.Key).Distinct().DefaultIfEmpty("(none recorded)")];
        foreach (var metric in metrics)
        {
            double[] values = [.. runs.SelectMany(other => other.Metrics.Where(entry => entry.Key == metric)).Select(entry => entry.Value)];
            var known = run.Tier != PaperTier ? null : published.FirstOrDefault(figure => figure.Lesson == run.Lesson && figure.Data == run.Data && figure.Metric == metric);
            var ours = Ours(values, runs.Count) + (runs.Count(other => other.OutOfBand.Contains(metric)) is > 0 and var outside ? runs.Count == 1 ? ", out of band" : $", {outside} out of band" : "");
            _rows.Add([lesson, LastName(run.Data), run.Tier, run.Overridden, seeds, run.Device, metric, ours, known is null ? "" : $"{Show(known.Value)} ({Note(known.Setting)})"]);
        }
    }

    /// <summary>One seed's number, or the mean and the standard deviation of several.</summary>
    private static string Ours(double[] values, int runs) => values.Length switch
    {
        0 => "-",
        1 => Show(values[0]) + (runs > 1 ? $" (1 of {runs} seeds)" : ""),
        _ => $"{Show(values.Average())} ± {Sample.Deviation(values).ToString("G2", CultureInfo.InvariantCulture)}" + (values.Length < runs ? $" ({values.Length} of {runs} seeds)" : ""),
    };

    /// <summary>Of one's own data the file's or folder's name: <c>folder:pets</c>. The record has the whole path.</summary>
    private static string LastName(string data) =>
        data.Split(':', 2) is [("folder" or "file") and var kind, var path] ? $"{kind}:{Path.GetFileName(path)}" : data;

    public void Write(IAnsiConsole console)
    {
        if (_rows.Count == 0)
        {
            console.WriteLine("No runs yet: 'contrastive run LESSON' records one.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns(Headings);
        string[]? before = null;
        foreach (var row in _rows)
        {
            // The run's own columns appear once, at its first metric.
            var isSameRun = before is not null && row.AsSpan(0, OwnColumns).SequenceEqual(before.AsSpan(0, OwnColumns)) && before[OwnColumns] != row[OwnColumns];
            table.AddRow([.. row.Select((cell, column) => isSameRun && column < OwnColumns ? "" : cell.EscapeMarkup())]);
            before = row;
        }

        console.Write(table);
        foreach (var (setting, index) in _settings.Select((setting, index) => (setting, index)))
        {
            console.WriteLine($"({index + 1}) {setting}");
        }
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append("| ").AppendJoin(" | ", Headings).Append(" |\n|").Append(string.Concat(Enumerable.Repeat("---|", Headings.Length))).Append('\n');
        foreach (var row in _rows)
        {
            text.Append("| ").AppendJoin(" | ", row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
        }

        foreach (var (setting, index) in _settings.Select((setting, index) => (setting, index)))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n({index + 1}) {setting}\n");
        }

        return text.ToString();
    }

    private int Note(string setting)
    {
        if (!_settings.Contains(setting))
        {
            _settings.Add(setting);
        }

        return _settings.IndexOf(setting) + 1;
    }

    /// <summary>Four significant digits.</summary>
    private static string Show(double value) => double.IsNaN(value) ? "-" : value.ToString("G4", CultureInfo.InvariantCulture);
}
