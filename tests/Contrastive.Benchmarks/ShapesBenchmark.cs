using System.Diagnostics;
using Contrastive.Data;

namespace Contrastive.Benchmarks;

/// <summary>The speed of drawing the generated world.</summary>
internal static class ShapesBenchmark
{
    private const int Count = 10_000;
    private const int Rounds = 7;

    public static Benchmark Entry { get; } = new("shapes", "drawing 10,000 images of shapes of 32×32", Run);

    private static void Run(string[] arguments)
    {
        Draw(seed: 0);
        var rates = Enumerable.Range(1, Rounds).Select(seed => Draw(seed)).Order().ToArray();
        Console.WriteLine("| drawing | images a second |");
        Console.WriteLine("|---|---|");
        Console.WriteLine(FormattableString.Invariant($"| shapes, 32×32 | {rates[Rounds / 2]:f0} |"));
    }

    private static double Draw(long seed)
    {
        var watch = Stopwatch.StartNew();
        using var set = Shapes.Generate(Count, seed);
        return Count / watch.Elapsed.TotalSeconds;
    }
}
