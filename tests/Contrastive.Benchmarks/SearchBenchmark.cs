using System.Globalization;
using Contrastive.Retrieval;
using static TorchSharp.torch;

namespace Contrastive.Benchmarks;

/// <summary>
/// Exact search for 100 queries at once beside faiss's <c>IndexFlatIP</c> at its best: with OpenBLAS's pthread build at one thread, with its
/// OpenMP build at two. Both search the same vectors, in turn, and must find the same.
/// </summary>
internal static class SearchBenchmark
{
    private const int Dimension = 128, QueryCount = 100;
    private const string Libraries = "/usr/lib/x86_64-linux-gnu";

    public static readonly Benchmark Entry = new("search", "exact search against faiss: [vectors] [rounds]; precision, growth: the same for ours alone", Run);

    private static void Run(string[] arguments)
    {
        var count = Number(arguments, 1, 1_000_000);
        var rounds = Number(arguments, 2, 7);
        var folder = Directory.CreateTempSubdirectory("search-").FullName;
        try
        {
            switch (arguments.FirstOrDefault() ?? "exact")
            {
                case "exact":
                    BesideFaiss(folder, count, rounds);
                    break;
                case "precision":
                    Precisions(folder, count, rounds);
                    break;
                case "growth":
                    Growth(folder, count, rounds);
                    break;
                default:
                    throw new ArgumentException($"There is no measurement '{arguments[0]}'; they are exact, precision and growth.");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void BesideFaiss(string folder, int count, int rounds)
    {
        Write(folder, "items.npy", count, seed: 1);
        Write(folder, "queries.npy", QueryCount, seed: 2);
        using var items = cat([.. Batches(count, seed: 1)]);
        using var index = ExactIndex.Of(items);
        using var queries = Vectors(QueryCount, seed: 2);
        Console.WriteLine($"Milliseconds for {QueryCount} queries over {count:N0} vectors of {Dimension}, median (least) of {rounds} rounds in turn");
        Console.WriteLine();
        Console.WriteLine("| threads | top | this | faiss | faiss : this | at the same place |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var threads in new[] { 1, 2 })
        {
            var environment = new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = $"{Libraries}/openblas-{(threads == 1 ? "pthread" : "openmp")}" };
            using var faiss = new PythonPeer("search.py", environment, folder, $"{threads}");
            foreach (var topK in new[] { 10, 100 })
            {
                var (ours, theirs) = (new List<double>(), new List<double>());
                var clock = new Clock("wall");
                for (var round = -2; round < rounds; round++)
                {
                    var milliseconds = clock.Time(() => Search(index, queries, topK, threads, Path.Combine(folder, "ours.bin")));
                    var faissMilliseconds = faiss.Round($"{topK}");
                    if (round < 0)
                        continue; // warm-up
                    ours.Add(milliseconds);
                    theirs.Add(faissMilliseconds);
                }

                var same = Same(Path.Combine(folder, "ours.bin"), Path.Combine(folder, "theirs.bin"));
                Row($"| {threads} | {topK} | {Times(ours)} | {Times(theirs)} | {Median(theirs) / Median(ours):F2}× | {same:P2} |");
            }
        }
    }

    private static void Precisions(string folder, int count, int rounds)
    {
        Write(folder, "items.npy", count, seed: 1);
        var path = Path.Combine(folder, "items.npy");
        using var queries = Vectors(QueryCount, seed: 2);
        using var one = queries.narrow(0, 0, 1).contiguous();
        using var exact = ExactIndex.Open(path);
        Search(exact, queries, 10, 2, Path.Combine(folder, "exact.bin"));
        Console.WriteLine($"Milliseconds over {count:N0} vectors of {Dimension} in a file, top 10, two threads, median (least) of {rounds} rounds");
        Console.WriteLine();
        Console.WriteLine($"| vectors | memory, MB | {QueryCount} queries | one query | at the same place | ready after, s |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var (precision, oversampling) in new[] { (VectorPrecision.Float32, 0), (VectorPrecision.BFloat16, 0), (VectorPrecision.BFloat16, 4), (VectorPrecision.Int8, 0), (VectorPrecision.Int8, 2), (VectorPrecision.Int8, 4) })
        {
            var clock = new Clock("wall");
            ExactIndex? index = null;
            var before = Memory.Anonymous();
            var ready = clock.Time(() => index = ExactIndex.Open(path, precision: precision, oversampling: oversampling));
            using (index)
            {
                var memory = Memory.Anonymous() - before;
                var (many, single) = (new List<double>(), new List<double>());
                for (var round = -2; round < rounds; round++)
                {
                    var (all, first) = (clock.Time(() => Search(index!, queries, 10, 2, Path.Combine(folder, "ours.bin"))), clock.Time(() => index!.Search(one, 10, 2)));
                    if (round < 0)
                        continue;
                    many.Add(all);
                    single.Add(first);
                }

                var name = oversampling == 0 ? $"{precision}" : $"{precision}, {oversampling} times as many rescored";
                Row($"| {name} | {memory / 1e6:F0} | {Times(many)} | {Times(single)} | {Same(Path.Combine(folder, "ours.bin"), Path.Combine(folder, "exact.bin")):P2} | {ready / 1000:F1} |");
            }
        }
    }

    private static void Growth(string folder, int count, int rounds)
    {
        using var queries = Vectors(QueryCount, seed: 2);
        Console.WriteLine($"| vectors | milliseconds for {QueryCount} queries, top 10, two threads | for each million |");
        Console.WriteLine("|---|---|---|");
        for (var size = 10_000; size <= count; size *= 10)
        {
            Write(folder, "items.npy", size, seed: 1);
            using var index = ExactIndex.Open(Path.Combine(folder, "items.npy"));
            var clock = new Clock("wall");
            var times = Enumerable.Range(0, rounds + 2).Select(_ => clock.Time(() => Search(index, queries, 10, 2, null))).Skip(2).ToList();
            Row($"| {size:N0} | {Times(times)} | {Median(times) * 1e6 / size:F0} |");
        }
    }

    private static void Search(ExactIndex index, Tensor queries, int topK, int threads, string? found)
    {
        using var scope = NewDisposeScope();
        var (_, indices) = index.Search(queries, topK, threads);
        if (found is not null)
            File.WriteAllBytes(found, indices.bytes);
    }

    /// <summary>The share of places at which two searches found the same vector.</summary>
    private static double Same(string first, string second)
    {
        var (a, b) = (File.ReadAllBytes(first), File.ReadAllBytes(second));
        return a.Length == b.Length
            ? Enumerable.Range(0, a.Length / 8).Average(i => a.AsSpan(8 * i, 8).SequenceEqual(b.AsSpan(8 * i, 8)) ? 1.0 : 0)
            : throw new InvalidOperationException("The two searches found a different number of vectors.");
    }

    private static void Write(string folder, string name, int count, int seed) => VectorFile.Write(Path.Combine(folder, name), Batches(count, seed));

    private static IEnumerable<Tensor> Batches(int count, int seed)
    {
        const int batch = 100_000;
        return Enumerable.Range(0, (count + batch - 1) / batch).Select(i => Vectors(Math.Min(batch, count - i * batch), seed + 1000 * i));
    }

    private static Tensor Vectors(int count, int seed)
    {
        using var generator = new Generator((ulong)seed);
        return randn([count, Dimension], generator: generator);
    }

    private static int Number(string[] arguments, int place, int otherwise) =>
        place < arguments.Length ? int.Parse(arguments[place], CultureInfo.InvariantCulture) : otherwise;

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Times(List<double> values) => string.Create(CultureInfo.InvariantCulture, $"{Median(values):F0} ({values.Min():F0})");

    private static void Row(FormattableString row) => Console.WriteLine(FormattableString.Invariant(row));
}
