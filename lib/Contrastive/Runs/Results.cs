using System.Text.Json;
using Microsoft.Data.Analysis;

namespace Contrastive.Runs;

/// <summary>What runs have measured, as data frames: from their folders, which <c>contrastive run</c> writes.
/// <code>
/// var results = Results.Read("runs");
/// results.Runs.GroupBy("lesson").Mean("metric.knn.trained")
/// </code>
/// </summary>
public sealed class Results
{
    private Results(DataFrame runs, DataFrame curves, IReadOnlyList<string> problems) => (Runs, Curves, Problems) = (runs, curves, problems);

    /// <summary>A row for each run: the columns <c>folder</c>, <c>lesson</c>, <c>tier</c>, <c>data</c>, <c>seed</c>, <c>device</c>,
    /// <c>started</c> and <c>overridden</c> (what <c>--set</c> changed, as <c>name=value</c>), then <c>parameter.NAME</c> (text) and
    /// <c>metric.NAME</c> (double), null where a run has none.</summary>
    public DataFrame Runs { get; }

    /// <summary>A row for each number that a training noted: <c>folder</c>, <c>training</c>, <c>step</c>, <c>name</c> and <c>value</c>; the
    /// folder is that of the run.</summary>
    public DataFrame Curves { get; }

    /// <summary>The files that could not be read, each with the reason.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Reads all runs below a folder, at most four folders deep, in the order of their folders' names.</summary>
    /// <param name="folder">A run's folder, or one that holds such folders.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static Results Read(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}'; give the one of a run, as 'contrastive run LESSON --out FOLDER' makes it.");
        var (runs, points, problems) = (new List<RecordedRun>(), new List<CurvePoint>(), new List<string>());
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 4 };
        foreach (var path in Directory.EnumerateFiles(folder, RunFolder.Record, options).Order(StringComparer.Ordinal))
        {
            try
            {
                var run = RecordedRun.Read(path);
                List<CurvePoint> curves = [.. CurvePoint.Of(run.Folder)];
                runs.Add(run);
                points.AddRange(curves);
            }
            catch (Exception broken) when (broken is JsonException or InvalidDataException or IOException or UnauthorizedAccessException)
            {
                problems.Add($"{path} was left out: {broken.Message}");
            }
        }

        return new Results(Frame(runs), Frame(points), problems);
    }

    private static DataFrame Frame(List<RecordedRun> runs)
    {
        var frame = new DataFrame(
            Texts("folder", runs.Select(run => run.Folder)),
            Texts("lesson", runs.Select(run => run.Lesson)),
            Texts("tier", runs.Select(run => run.Tier)),
            Texts("data", runs.Select(run => run.Data)),
            new PrimitiveDataFrameColumn<long>("seed", runs.Select(run => run.Seed)),
            Texts("device", runs.Select(run => run.Device)),
            new PrimitiveDataFrameColumn<DateTime>("started", runs.Select(run => run.Started)),
            Texts("overridden", runs.Select(run => string.Join(" ", run.Overridden.Select(entry => $"{entry.Key}={entry.Value}")))));
        foreach (var name in runs.SelectMany(run => run.Parameters.Keys).Distinct())
            frame.Columns.Add(Texts($"parameter.{name}", runs.Select(run => run.Parameters.GetValueOrDefault(name))));
        foreach (var name in runs.SelectMany(run => run.Metrics.Keys).Distinct())
            frame.Columns.Add(new DoubleDataFrameColumn($"metric.{name}", runs.Select(run => run.Metrics.TryGetValue(name, out var value) ? value : (double?)null)));
        return frame;
    }

    private static DataFrame Frame(List<CurvePoint> points) => new(
        Texts("folder", points.Select(point => point.Folder)),
        Texts("training", points.Select(point => point.Training)),
        new PrimitiveDataFrameColumn<int>("step", points.Select(point => point.Step)),
        Texts("name", points.Select(point => point.Name)),
        new DoubleDataFrameColumn("value", points.Select(point => point.Value)));

    private static StringDataFrameColumn Texts(string name, IEnumerable<string?> values) => new(name, values!);
}
