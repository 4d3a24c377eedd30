// dotnet run --project tests/Contrastive.Benchmarks -- NAME [arguments]

using Contrastive.Benchmarks;

Benchmark[] benchmarks =
[
    ContrastiveLossBenchmark.Entry,
    AugmentationBenchmark.Entry,
    ShapesBenchmark.Entry,
    PictureBenchmark.Entry,
    TrainingStepBenchmark.Entry,
    MoCoStepBenchmark.Entry,
    TrainingMemoryBenchmark.Entry,
    TextStepBenchmark.Entry,
    ClipStepBenchmark.Entry,
    EncodingBenchmark.Entry,
    SearchBenchmark.Entry,
    ApproximateSearchBenchmark.Entry,
    WordSearchBenchmark.Entry,
];

if (args is [var name, .. var arguments] && benchmarks.SingleOrDefault(benchmark => benchmark.Name == name) is { } chosen)
{
    chosen.Run(arguments);
    return 0;
}

Console.Error.WriteLine("usage: dotnet run --project tests/Contrastive.Benchmarks -- NAME");
foreach (var benchmark in benchmarks)
{
    Console.Error.WriteLine($"  {benchmark.Name,-14} {benchmark.Measures}");
}

return 2;
