namespace Contrastive.Benchmarks;

/// <summary>One benchmark: the name that chooses it on the command line, what it measures, and its run, which prints Markdown.</summary>
internal sealed record Benchmark(string Name, string Measures, Action<string[]> Run);
