using Contrastive.Kernel.Documents;

namespace Contrastive.Kernel.Running;

/// <summary>Numbers the code cells and says in a few words what each is about.</summary>
internal static class CellTitles
{
    private const int Longest = 60;

    public static IReadOnlyList<CellRun> Plan(Notebook notebook)
    {
        var count = notebook.Cells.Count(IsCode);
        var plan = new List<CellRun>(count);
        string? heading = null;
        foreach (var cell in notebook.Cells)
        {
            if (cell.Kind == CellKind.Markdown)
            {
                heading = cell.Source.Split('\n').LastOrDefault(line => line.StartsWith('#'))?.Trim('#', ' ') ?? heading;
            }
            else if (IsCode(cell))
            {
                plan.Add(new CellRun(plan.Count + 1, count, Shorten(heading ?? FirstLine(cell.Source)), cell));
                heading = null;
            }
        }

        return plan;
    }

    private static bool IsCode(NotebookCell cell) => cell.Kind == CellKind.Code && !string.IsNullOrWhiteSpace(cell.Source);

    private static string FirstLine(string source)
    {
        var lines = source.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        var line = lines.Find(line => !IsPreamble(line)) ?? lines[0];
        return line.StartsWith("//", StringComparison.Ordinal) ? line.TrimStart('/', ' ') : line;
    }

    private static bool IsPreamble(string line) =>
        line.StartsWith('#') || (line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';'));

    private static string Shorten(string title) => title.Length <= Longest ? title : title[..(Longest - 1)].TrimEnd() + "…";
}
