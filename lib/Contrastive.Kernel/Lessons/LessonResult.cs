using Contrastive.Kernel.Running;

namespace Contrastive.Kernel.Lessons;

/// <summary>The result of a lesson's run.</summary>
/// <param name="Run">The notebook's run.</param>
/// <param name="Metrics">What the run folder's <c>metrics.json</c> holds.</param>
/// <param name="Bands">The expected bands with the run's values; null if none is given for this tier and data set.</param>
/// <param name="RunFolder">The run folder.</param>
public sealed record LessonResult(NotebookRun Run, LessonMetrics Metrics, IReadOnlyList<Band>? Bands, string RunFolder)
{
    /// <summary>Whether every cell ran and every metric is in its band.</summary>
    public bool Succeeded => Run.Outcome == RunOutcome.Succeeded && (Bands is null || Bands.All(band => band.Holds));

    /// <summary>The page to look at.</summary>
    public string PagePath => Path.Combine(RunFolder, "index.html");
}
