using System.Globalization;
using Contrastive.Kernel.Lessons;
using Contrastive.Kernel.Running;

namespace Contrastive.Cli.Seeds;

/// <summary>Runs a lesson with several seeds, each in <c>OUT/seed-N</c>, and reports on them together in <c>OUT/seeds.json</c>.</summary>
internal static class SeedsReport
{
    /// <param name="request">The lesson; its run folder is that of all seeds.</param>
    /// <param name="seeds">The seeds.</param>
    /// <param name="recordPath">The lesson's file of records; null if none is to be kept.</param>
    /// <param name="cancellation">Stops the run: nothing is reported then.</param>
    /// <returns>Whether every seed succeeded.</returns>
    /// <exception cref="ArgumentException">A record is asked for that would not be the lesson's own.</exception>
    /// <exception cref="InvalidDataException">The file of records is damaged, or the parameters differ between seeds.</exception>
    public static async Task<bool> RunAsync(LessonRequest request, IReadOnlyList<long> seeds, string? recordPath, CancellationToken cancellation)
    {
        var records = recordPath is null ? null : SeedRecords.Open(recordPath);
        var summary = Path.Combine(request.RunFolder, "seeds.json");
        if (File.Exists(summary))
            File.Delete(summary);
        var results = new List<(long Seed, LessonResult Result)>();
        foreach (var seed in seeds)
        {
            var folder = Path.Combine(request.RunFolder, string.Create(CultureInfo.InvariantCulture, $"seed-{seed}"));
            var result = await RunReport.RunAsync(request with { Seed = seed, RunFolder = folder }, cancellation);
            if (cancellation.IsCancellationRequested)
                return false;
            results.Add((seed, result));
            if (records is not null && result.Run.Outcome == RunOutcome.Succeeded)
                RequireOwnParameters(request, new SeedRuns([(seed, result.Metrics.Json)]));
        }

        var broken = results.Where(run => run.Result.Run.Outcome != RunOutcome.Succeeded).Select(run => run.Seed).ToList();
        if (broken.Count > 0)
        {
            Console.WriteLine($"{request.Lesson} did not run to its end with seed {List(broken)}: nothing is said of all seeds.");
            return false;
        }

        var runs = new SeedRuns([.. results.Select(run => (run.Seed, run.Result.Metrics.Json))]);
        Report(request, runs, summary, records, recordPath);
        var failed = results.Where(run => !run.Result.Succeeded).Select(run => run.Seed).ToList();
        if (failed.Count > 0)
            Console.WriteLine($"{request.Lesson} is out of band with seed {List(failed)}.");
        return failed.Count == 0;
    }

    private static void Report(LessonRequest request, SeedRuns runs, string summary, SeedRecords? records, string? recordPath)
    {
        var record = runs.ToJson();
        SeedRecords.Write(summary, new() { ["lesson"] = request.Lesson, ["tier"] = request.Tier, ["data"] = runs.Data, ["runs"] = record });
        Console.WriteLine($"{request.Lesson}, tier {request.Tier}, data {runs.Data}, seeds {List(runs.Runs.Select(run => run.Seed))}:");
        SeedsTable.Write(Terminal.Output, runs);
        Console.WriteLine($"Seeds: {Path.GetFullPath(summary)}");
        if (records is null)
            return;
        records.Put(request.Tier, runs.Data, record);
        Console.WriteLine($"Recorded in {recordPath}: build again, and the lesson shows it.");
    }

    /// <summary>A record that a lesson shows is of the lesson as it is, on any machine.</summary>
    private static void RequireOwnParameters(LessonRequest request, SeedRuns runs)
    {
        if (request.Settings.Keys.FirstOrDefault(runs.Parameters.ContainsKey) is { } set)
            throw new ArgumentException($"--record keeps the lesson's own parameters; leave --set {set} out (switches may be set).");
        if (runs.Parameters.FirstOrDefault(parameter => Path.IsPathRooted(parameter.Value?.ToString())).Key is { } path)
            throw new ArgumentException($"--record keeps what any machine can compare, but the parameter {path} is a path of this one.");
        if (runs.Metrics.Count == 0)
            throw new ArgumentException($"--record: {request.Lesson} recorded no metrics.");
    }

    private static string List(IEnumerable<long> seeds) => string.Join(", ", seeds.Select(seed => seed.ToString(CultureInfo.InvariantCulture)));
}
