using Contrastive.Data;
using Spectre.Console;

namespace Contrastive.Cli;

/// <summary>The work of <c>contrastive data verify</c>.</summary>
internal static class DataVerify
{
    /// <summary>Writes a line for each file; returns 0 if none is wrong, and none of the requested entry is missing.</summary>
    public static int Run(IAnsiConsole console, CatalogEntry? only, IReadOnlyList<CatalogEntry> entries, DataFolder folder)
    {
        var files = (only is null ? entries : [only]).SelectMany(entry => entry.Files)
            .Where(file => only is not null || folder.Look(file) != DataFileState.Missing)
            .ToList();
        if (files.Count == 0)
        {
            console.WriteLine($"{folder.FullPath} has none of the catalog's files.");
            return 0;
        }

        var states = files.Select(file => (file.Path, State: folder.Verify(file))).ToList();
        foreach (var (path, state) in states)
        {
            console.MarkupLine(state switch
            {
                DataFileState.Verified => $"[green]right[/]    {path.EscapeMarkup()}",
                DataFileState.Missing => $"[yellow]missing[/]  {path.EscapeMarkup()}",
                _ => $"[red]wrong[/]    {path.EscapeMarkup()}: its size or SHA-256 is not the catalog's",
            });
        }

        console.WriteLine($"{states.Count(file => file.State == DataFileState.Verified)} of {states.Count} files are right.");
        return states.TrueForAll(file => file.State == DataFileState.Verified) ? 0 : 1;
    }
}
