using System.Diagnostics;
using System.Globalization;
using Contrastive.Data;
using Contrastive.Evaluation;
using Contrastive.Retrieval;
using Spectre.Console;

namespace Contrastive.Cli.Search;

/// <summary>Asks a set's own questions: a table of measures, and what chance can say about the differences.</summary>
internal static class SearchEvaluation
{
    /// <summary>How many passages of each question are looked at.</summary>
    public const int Depth = 100;

    private static readonly RetrievalMeasure[] Measures = [RetrievalMeasure.NdcgAt(10), RetrievalMeasure.ReciprocalRankAt(10), RetrievalMeasure.SuccessAt(5), RetrievalMeasure.RecallAt(Depth)];
    private static readonly int[] Accuracies = [5, 20];

    /// <param name="console">Where the table goes.</param>
    /// <param name="set">The questions, with their judgments.</param>
    /// <param name="systems">What answers them.</param>
    /// <param name="runFile">Where the chosen system's results are written; null for nowhere.</param>
    public static void Run(IAnsiConsole console, RetrievalSet set, SearchSystems systems, string? runFile)
    {
        var passages = set.Passages.ToDictionary(passage => passage.Id, StringComparer.Ordinal);
        Query[] queries = [.. set.Queries.Where(query => set.Relevance.ContainsKey(query.Id))];
        var own = queries.Count(query => passages.ContainsKey(query.Id));
        if (own > 0)
            console.WriteLine($"Questions that are passages of the set themselves: {own}; these passages are left out of their results, as BEIR does.");
        List<Found> all = [.. systems.All.Select(system => Ask(system.Name, system.Retriever, queries, set.Relevance))];
        var report = all[0].Report;
        console.Write(Table(queries, passages, set.Relevance, all));
        console.WriteLine(Counts(report));
        foreach (var found in all.Skip(1).Where(_ => report.Queries.Count > 1))
            console.WriteLine($"{found.Name} and {all[0].Name}: {PairedTest.Of(found.Report, report, Measures[0].Name)}");
        if (runFile is null)
            return;
        RunFile.Write(runFile, all[^1].Results, tag: all[^1].Name);
        console.WriteLine($"Written: {runFile}");
    }

    private static Found Ask(string name, IRetriever retriever, Query[] queries, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> relevance)
    {
        var watch = Stopwatch.StartNew();
        // One more, as the question itself may be among them.
        var results = RetrievalRun.Of(retriever, queries, Depth + 1).ToDictionary(
            query => query.Key, query => (IReadOnlyList<RankedItem>)[.. query.Value.Where(item => item.Id != query.Key).Take(Depth)], StringComparer.Ordinal);
        return new Found(name, results, RetrievalReport.Of(results, relevance, Measures), queries.Length / watch.Elapsed.TotalSeconds);
    }

    private static Table Table(
        Query[] queries, Dictionary<string, Passage> passages, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> relevance, List<Found> all)
    {
        var answered = Array.FindAll(queries, query => query.Answers.Count > 0);
        var table = new Table().Border(TableBorder.Simple).AddColumn("search");
        var accuracies = answered.Length > 0 ? Accuracies.Select(k => $"answer in top {k}") : [];
        foreach (var name in Measures.Select(measure => measure.Name).Concat(accuracies).Append("questions a second"))
            table.AddColumn(new TableColumn(name).RightAligned());
        var kinds = queries.GroupBy(query => query.Kind, StringComparer.Ordinal).Where(kind => kind.Key.Length > 0).ToList();
        foreach (var found in all)
        {
            table.AddRow([found.Name, .. Row(found.Report, found, answered, passages), found.Speed.ToString("N0", CultureInfo.InvariantCulture)]);
            foreach (var kind in kinds)
            {
                var judged = kind.ToDictionary(query => query.Id, query => relevance[query.Id], StringComparer.Ordinal);
                table.AddRow([$"  {kind.Key}", .. Row(RetrievalReport.Of(found.Results, judged, Measures), found, [.. answered.Intersect(kind)], passages), ""]);
            }
        }

        return table;
    }

    private static IEnumerable<string> Row(RetrievalReport report, Found found, Query[] answered, Dictionary<string, Passage> passages)
    {
        var values = report.Means.Select(mean => mean.Mean);
        if (answered.Length > 0)
        {
            var accuracy = TopKAccuracy.OfAnswers([.. answered.Select(query => found.Results[query.Id])], [.. answered.Select(query => query.Answers)], passages);
            values = values.Concat(Accuracies.Select(accuracy.At));
        }

        return values.Select(value => value.ToString("F4", CultureInfo.InvariantCulture));
    }

    private static string Counts(RetrievalReport report)
    {
        var text = $"{report.Queries.Count} question(s)";
        if (report.QueriesWithoutResults.Count > 0)
            text += $"; for {report.QueriesWithoutResults.Count} of them nothing was found, which counts as 0";
        if (report.QueriesWithoutRelevant.Count > 0)
            text += $"; left out, as no passage is relevant to them: {report.QueriesWithoutRelevant.Count}";
        return text + ".";
    }

    private sealed record Found(string Name, IReadOnlyDictionary<string, IReadOnlyList<RankedItem>> Results, RetrievalReport Report, double Speed);
}
