using System.Globalization;
using Contrastive.Retrieval;
using static TorchSharp.torch;

namespace Contrastive.Benchmarks;

/// <summary>
/// Approximate search by USearch beside the exact one, for 1,000 queries of top 10: how long the graph takes to build, and what a recall costs.
/// Vectors in clusters, as those of an encoder are; scattered evenly in 128 dimensions no graph finds the nearest.
/// </summary>
internal static class ApproximateSearchBenchmark
{
    private const int Dimension = 128, QueryCount = 1000, TopK = 10, ItemsOfCluster = 100;
    private const double Spread = 0.5;

    public static readonly Benchmark Entry = new("search-hnsw", "approximate search against exact: [vectors] [threads] [rounds]", Run);

    private static void Run(string[] arguments)
    {
        var count = int.Parse(arguments.ElementAtOrDefault(0) ?? "200000", CultureInfo.InvariantCulture);
        var threads = int.Parse(arguments.ElementAtOrDefault(1) ?? "2", CultureInfo.InvariantCulture);
        var rounds = int.Parse(arguments.ElementAtOrDefault(2) ?? "5", CultureInfo.InvariantCulture);
        set_num_threads(threads);
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var centers = randn([count / ItemsOfCluster, Dimension], generator: generator);
        Tensor Around(int rows) => centers.index_select(0, randint(0, centers.size(0), [rows], int64, generator: generator)) + Spread * randn([rows, Dimension], generator: generator);
        var (vectors, queries) = (Around(count), Around(QueryCount));
        string[] ids = [.. Enumerable.Range(0, count).Select(i => $"{i}")];
        var clock = new Clock("wall");
        using var exact = new ExactVectorStore(Dimension, VectorMetric.Cosine);
        exact.Upsert(ids, vectors);
        var expected = exact.Search(queries, TopK);
        Console.WriteLine($"{count:N0} vectors of {Dimension} in {count / ItemsOfCluster:N0} clusters, cosine, top {TopK} of {QueryCount} queries at once, {threads} threads, median of {rounds} rounds");
        Console.WriteLine();
        Console.WriteLine("| search | built in, s | expansion | recall | queries a second | times the exact one |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var exactSpeed = Speed(exact, queries, rounds, clock);
        Row($"| exact | – | – | 1 | {exactSpeed:N0} | 1 |");
        foreach (var precision in Enum.GetValues<VectorPrecision>())
        {
            using var store = new HnswVectorStore(Dimension, VectorMetric.Cosine, new HnswOptions { Precision = precision, Threads = threads });
            var built = clock.Time(() => store.Upsert(ids, vectors)) / 1000;
            foreach (var expansion in new[] { 16, 32, 64, 128, 256, 512 })
            {
                store.ExpansionSearch = expansion;
                var recall = Recall.Of(store.Search(queries, TopK), expected);
                var speed = Speed(store, queries, rounds, clock);
                Row($"| USearch, {precision} | {built:F0} | {expansion} | {recall:F4} | {speed:N0} | {speed / exactSpeed:F1} |");
                if (recall > 0.9995)
                    break;
            }
        }
    }

    private static double Speed(IVectorStore store, Tensor queries, int rounds, Clock clock) =>
        QueryCount * 1000 / Enumerable.Range(0, rounds + 1).Select(_ => clock.Time(() => store.Search(queries, TopK))).Skip(1).Order().ElementAt(rounds / 2);

    private static void Row(FormattableString row) => Console.WriteLine(FormattableString.Invariant(row));
}
