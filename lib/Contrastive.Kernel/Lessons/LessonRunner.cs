using Contrastive.Kernel.Documents;
using Contrastive.Kernel.Pages;
using Contrastive.Kernel.Running;

namespace Contrastive.Kernel.Lessons;

/// <summary>
/// Runs a lesson and writes its run folder: the executed notebook, the page <c>index.html</c>, <c>metrics.json</c> and
/// <c>figures/</c>, however the run ends.
/// </summary>
public static class LessonRunner
{
    /// <summary>Runs the lesson.</summary>
    /// <param name="request">The run's settings.</param>
    /// <param name="listener">Is notified of the run's progress.</param>
    /// <param name="cancellation">Stops the run; what has run is still written.</param>
    /// <returns>The result.</returns>
    /// <exception cref="NotebookFormatException">The file is not a notebook.</exception>
    /// <exception cref="FormatException">The notebook is not in C#, or the file of expected bands is malformed.</exception>
    public static async Task<LessonResult> RunAsync(LessonRequest request, IRunListener listener, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(listener);
        var notebook = Notebook.Load(request.NotebookPath);
        if (notebook.Language is { } language && language is not ("C#" or "csharp"))
        {
            throw new FormatException($"{request.NotebookPath} is written in {language}: only C# notebooks run here.");
        }

        var expected = File.Exists(request.ExpectedPath) ? ExpectedBands.Load(request.ExpectedPath) : null;
        Directory.CreateDirectory(request.RunFolder);
        File.Delete(LessonMetrics.FilePath(request.RunFolder));
        var folder = Path.GetDirectoryName(Path.GetFullPath(request.NotebookPath))!;
        var executed = Path.Combine(request.RunFolder, Path.GetFileName(request.NotebookPath));
        var origin = RunOrigin.FindAsync(folder);
        var options = new NotebookRunOptions
        {
            Folder = folder,
            Environment = LessonEnvironment.For(request),
            CellTimeout = request.CellTimeout,
            NotebookTimeout = request.NotebookTimeout,
        };
        var saving = new SavingListener(listener, () => notebook.Save(executed));
        var run = await NotebookRunner.RunAsync(notebook, options, saving, cancellation).ConfigureAwait(false);
        notebook.Save(executed);

        var metrics = LessonMetrics.Load(request);
        metrics.Add(run, await origin.ConfigureAwait(false));
        var bands = expected?.Check(request.Tier, metrics.Data, metrics.Metrics);
        if (bands is not null)
        {
            metrics.AddBands(bands);
        }

        metrics.Save();
        var result = new LessonResult(run, metrics, bands, request.RunFolder);
        AtomicFile.WriteAllText(result.PagePath, LessonPage.Render(notebook, folder, result));
        await FigureFiles.WriteAsync(notebook, result, listener, cancellation).ConfigureAwait(false);
        return result;
    }

    /// <summary>Saves the executed notebook after each cell, in case the runner itself is killed.</summary>
    private sealed class SavingListener(IRunListener listener, Action save) : IRunListener
    {
        public void CellStarted(CellRun cell) => listener.CellStarted(cell);

        public void Progress(CellRun cell, string text) => listener.Progress(cell, text);

        public void CellEnded(CellRun cell)
        {
            save();
            listener.CellEnded(cell);
        }

        public void Note(string text) => listener.Note(text);
    }
}
