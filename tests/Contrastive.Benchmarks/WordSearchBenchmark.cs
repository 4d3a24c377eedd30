using System.Globalization;
using Contrastive.Data;
using Contrastive.Evaluation;
using Contrastive.Retrieval;

namespace Contrastive.Benchmarks;

/// <summary>BM25 over NFCorpus, with its real test queries: how good, and how fast.</summary>
internal static class WordSearchBenchmark
{
    /// <summary>Times that all queries are asked in a round.</summary>
    private const int Repeats = 10;

    public static readonly Benchmark Entry = new("search-bm25", "BM25 over NFCorpus (needs CONTRASTIVE_DATA): [rounds] [wall|processor]", Run);

    private static void Run(string[] arguments)
    {
        var rounds = int.Parse(arguments.ElementAtOrDefault(0) ?? "9", CultureInfo.InvariantCulture);
        var clock = new Clock(arguments.ElementAtOrDefault(1) ?? "wall");
        var set = RetrievalData.Load("nfcorpus");
        string[] queries = [.. Enumerable.Repeat(set.Queries.Select(query => query.Text), Repeats).SelectMany(all => all)];
        (string Name, Bm25Options Options)[] forms =
        [
            ("title and text apart, k1 1.2, b 0.75 (default)", new Bm25Options()),
            ("joined, k1 1.2, b 0.75", new Bm25Options { Fields = Bm25Fields.Joined }),
            ("title and text apart and added, k1 0.9, b 0.4", new Bm25Options { K1 = 0.9, B = 0.4, TieBreaker = 1 }),
        ];
        Console.WriteLine($"{set.Queries.Count} queries over {set.Passages.Count} documents, index in memory, median (greatest) of {rounds} rounds, {clock.Name} time");
        Console.WriteLine();
        Console.WriteLine("| fields | nDCG@10 | queries a second: one thread, top 10 | one thread, top 100 | two threads, top 100 | built in, s |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var (name, options) in forms)
        {
            Bm25Index? index = null;
            var built = clock.Time(() => index = Bm25Index.Build(set.Passages, options));
            using (index)
            {
                var ndcg = RetrievalReport.Of(RetrievalRun.Of(index!, set.Queries), set.Relevance, [RetrievalMeasure.NdcgAt(10)])["nDCG@10"];
                string Speed(int threads, int topK)
                {
                    index!.Threads = threads;
                    var speeds = Enumerable.Range(0, rounds + 2).Select(_ => queries.Length * 1000 / clock.Time(() => index.Search(queries, topK))).Skip(2).Order().ToList();
                    return string.Create(CultureInfo.InvariantCulture, $"{speeds[rounds / 2]:N0} ({speeds[^1]:N0})");
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {ndcg:F4} | {Speed(1, 10)} | {Speed(1, 100)} | {Speed(2, 100)} | {built / 1000:F1} |"));
            }
        }
    }
}
