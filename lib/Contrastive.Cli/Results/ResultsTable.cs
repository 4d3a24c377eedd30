using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Contrastive.Cli.Results;

/// <summary>Published numbers beside ours: a row for each metric of each run. A published number stands beside a run of its data in the
/// paper's setup only; beside a shorter training it would mislead.</summary>
internal sealed class ResultsTable
{
    private static readonly string[] Headings = ["lesson", "data", "tier", "seed", "device", "metric", "ours", "published"];

    private const string Success = "Succeeded";
    private const string PaperTier = "paper";

    private readonly List<string[]> _rows = [];
    private readonly List<string> _settings = [];

    private ResultsTable()
    {
    }

    public static ResultsTable Make(IReadOnlyList<RunRecord> runs, IReadOnlyList<Published> published)
    {
        var table = new ResultsTable();
        foreach (var run in runs.OrderBy(run => run.Lesson, StringComparer.Ordinal).ThenBy(run => run.Data, StringComparer.Ordinal)
            .ThenBy(run => run.Tier, StringComparer.Ordinal).ThenBy(run => run.Seed, StringComparer.Ordinal).ThenBy(run => run.Time))
        {
            var lesson = run.Outcome is null or Success ? run.Lesson : $"{run.Lesson} ({run.Outcome})";
            foreach (var (metric, value) in run.Metrics.DefaultIfEmpty(KeyValuePair.Create("(none recorded)", double.NaN)))
            {
                var known = run.Tier != PaperTier ? null : published.FirstOrDefault(figure => figure.Lesson == run.Lesson && figure.Data == run.Data && figure.Metric == metric);
                var ours = Show(value) + (run.OutOfBand.Contains(metric) ? ", out of band" : "");
                table._rows.Add([lesson, LastName(run.Data), run.Tier, run.Seed, run.Device, metric, ours, known is null ? "" : $"{Show(known.Value)} ({table.Note(known.Setting)})"]);
            }
        }

        return table;
    }

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
            var isSameRun = before is not null && row.AsSpan(0, 5).SequenceEqual(before.AsSpan(0, 5)) && before[5] != row[5];
            table.AddRow([.. row.Select((cell, column) => isSameRun && column < 5 ? "" : cell.EscapeMarkup())]);
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
