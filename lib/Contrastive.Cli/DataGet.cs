using Contrastive.Data;
using Spectre.Console;

namespace Contrastive.Cli;

/// <summary>The work of <c>contrastive data get</c> on one entry.</summary>
internal static class DataGet
{
    /// <exception cref="InvalidOperationException">A file is not offered for download, or another file is in its place.</exception>
    public static async Task RunAsync(IAnsiConsole console, CatalogEntry entry, DataFolder folder, FileDownload download, CancellationToken cancellation)
    {
        console.WriteLine($"{entry.Title}: {Sizes.Show(entry.Size)} in {folder.FullPath}");
        console.WriteLine($"  license: {entry.License}");
        if (entry.Notes is not null)
        {
            console.WriteLine($"  note: {entry.Notes}");
        }

        // Files that must be placed by hand come last, so that the others are there when the command reports what is missing.
        foreach (var file in entry.Files.OrderBy(file => file.Url is null))
        {
            var isNew = await FetchAsync(console, file, folder, download, cancellation).ConfigureAwait(false);
            console.WriteLine($"  {file.Path}: {(isNew ? "downloaded, SHA-256 right" : "already there, SHA-256 right")}");
            if (file.UnpackTo is not null && !Directory.Exists(folder.PathOf(file.UnpackTo)))
            {
                Archive.Unpack(folder.PathOf(file.Path), folder.PathOf(file.UnpackTo));
                console.WriteLine($"  {file.UnpackTo}: unpacked");
            }
        }

        console.WriteLine($"  cite: {entry.Citation}");
    }

    private static Task<bool> FetchAsync(IAnsiConsole console, CatalogFile file, DataFolder folder, FileDownload download, CancellationToken cancellation) =>
        !console.Profile.Capabilities.Interactive || file.Url is null
            ? download.GetAsync(file, folder, progress: null, cancellation)
            : console.Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
                .StartAsync(context =>
                {
                    var task = context.AddTask(Path.GetFileName(file.Path).EscapeMarkup(), maxValue: file.Size);
                    return download.GetAsync(file, folder, new Progress(task), cancellation);
                });

    private sealed class Progress(ProgressTask task) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => task.Value = value.Received;
    }
}
