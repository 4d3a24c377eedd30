using System.Net.WebSockets;
using Contrastive.Kernel.Documents;
using Contrastive.Kernel.Lessons;
using Contrastive.Kernel.Running;

namespace Contrastive.Kernel.Pages;

/// <summary>Writes a run's figures as PNG files: those that cells produced as PNG, and the others as a browser draws them.</summary>
internal static class FigureFiles
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task WriteAsync(Notebook notebook, LessonResult result, IRunListener listener, CancellationToken cancellation)
    {
        var folder = Path.Combine(result.RunFolder, "figures");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var figures = notebook.Cells.Where(cell => cell is { Kind: CellKind.Code, ExecutionCount: not null })
            .SelectMany(cell => cell.Outputs.Select((output, place) => Figure.Of(cell.ExecutionCount!.Value, place, output)))
            .OfType<Figure>()
            .ToList();
        foreach (var figure in figures)
        {
            if (figure.Png is { } png)
            {
                Write(folder, figure.Name, png);
            }
        }

        var undrawn = figures.Count(figure => figure.Png is null);
        if (undrawn == 0 || cancellation.IsCancellationRequested)
        {
            return;
        }

        if (Browser.Find() is not { } browser)
        {
            listener.Note($"{undrawn} figures are only in the page: drawing them as PNG takes Chromium, Chrome or Edge, and none was found.");
            return;
        }

        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(Patience);
            foreach (var (name, png) in await PageDrawing.DrawAsync(browser, Path.GetFullPath(result.PagePath), patience.Token).ConfigureAwait(false))
            {
                Write(folder, name, png);
            }
        }
        catch (Exception exception) when (exception is IOException or WebSocketException or OperationCanceledException
            or System.ComponentModel.Win32Exception)
        {
            listener.Note($"{undrawn} figures are only in the page: {browser} did not draw them as PNG ({exception.Message}).");
        }
    }

    private static void Write(string folder, string name, byte[] png)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteAllBytes(Path.Combine(folder, name + ".png"), png);
    }
}
