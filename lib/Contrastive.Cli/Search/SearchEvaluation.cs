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
    private const int Depth = 100;
    private static readonly RetrievalMeasure[] Measures = [RetrievalMeasure.NdcgAt(10), RetrievalMeasure.ReciprocalRankAt(10), RetrievalMeasure.RecallAt(Depth)];

    /// <param name="console">Where the table goes.</param>
    /// <param name="set">The questions, with their judgments.</param>
    /// <param name="systems">What answers them.</param>
    /// <param name="runFile">Where the chosen system's results are written; null for nowhere.</param>
    public static void Run(IAnsiConsole console, RetrievalSet set, SearchSystems systems, string? runFile)
    {
        var queries = set.Queries.Where(query => set.Relevance.ContainsKey(query.Id)).ToList();
        var answers = queries.Select(query => query.Answers).ToList();
        var hasAnswers = answers.Any(some => some.Count > 0);
        var passages = set.Passages.ToDictionary(passage => passage.Id, StringComparer.Ordinal);
        var table = new Table().Border(TableBorder.Simple).AddColumn("search");
        foreach (var name in Measures.Select(measure => measure.Name).Concat(hasAnswers ? ["answer in top 5", "in top 20"] : []).Append("questions a second"))
            table.AddColumn(new TableColumn(name).RightAligned());
        var reports = new List<RetrievalReport>();
        foreach (var (name, retriever) in systems.All)
        {
            var watch = Stopwatch.StartNew();
            var results = RetrievalRun.Of(retriever, queries, Depth);
            var speed = queries.Count / watch.Elapsed.TotalSeconds;
            reports.Add(RetrievalReport.Of(results, set.Relevance, Measures));
            var accuracy = hasAnswers ? TopKAccuracy.OfAnswers([.. queries.Select(query => results[query.Id])], answers, passages).At([5, 20]).Select(at => at.Accuracy) : [];
            table.AddRow([name, .. reports[^1].Means.Select(mean => mean.Mean).Concat(accuracy).Select(value => value.ToString("F4", CultureInfo.InvariantCulture)), speed.ToString("N0", CultureInfo.InvariantCulture)]);
            if (runFile is not null && retriever == systems.Chosen)
                RunFile.Write(runFile, results, tag: name);
        }

        console.Write(table);
        foreach (var (report, (name, _)) in reports.Zip(systems.All).Skip(1))
            console.WriteLine($"{name} and {systems.All[0].Name}: {PairedTest.Of(report, reports[0], Measures[0].Name)}");
        if (runFile is not null)
            console.WriteLine($"Written: {runFile}");
    }
}
