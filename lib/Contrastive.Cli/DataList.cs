using Contrastive.Data;
using Spectre.Console;

namespace Contrastive.Cli;

/// <summary>The table of <c>contrastive data list</c>.</summary>
internal static class DataList
{
    public static void Write(IAnsiConsole console, IReadOnlyList<CatalogEntry> entries, DataFolder folder)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("name", "what", "license");
        table.AddColumn(new TableColumn("size").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("here").NoWrap());
        table.Columns[0].NoWrap();
        foreach (var entry in entries)
        {
            table.AddRow(entry.Name.EscapeMarkup(), entry.Contents.EscapeMarkup(), entry.License.EscapeMarkup(), Sizes.Show(entry.Size), State(entry, folder));
        }

        console.Write(table);
        console.WriteLine($"Data folder: {folder.FullPath}");
        console.WriteLine("Your own: 'contrastive run 01-simclr --data folder:PATH' with a folder of pictures for each class, 'contrastive run 03-simcse --data file:PATH' with sentences or triplets.");
        console.WriteLine("yes: the sizes are right ('contrastive data verify' compares SHA-256). no: 'contrastive data get NAME' downloads it. by hand: not offered for download; put the files there yourself.");
    }

    private static string State(CatalogEntry entry, DataFolder folder)
    {
        var states = entry.Files.Select(folder.Look).ToList();
        return states switch
        {
            _ when states.Contains(DataFileState.Wrong) => "[red]wrong size[/]",
            _ when states.TrueForAll(state => state == DataFileState.Present) => "[green]yes[/]",
            _ when states.Contains(DataFileState.Present) => "[yellow]in part[/]",
            _ when entry.Files.Any(file => file.Url is null) => "by hand",
            _ => "no",
        };
    }
}
