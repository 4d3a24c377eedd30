using System.Globalization;
using Contrastive.Kernel.Lessons;

namespace Contrastive.Cli;

/// <summary>Finds the notebooks that the command line names.</summary>
internal static class LessonNames
{
    private const string All = "all";

    public static IReadOnlyList<(string Lesson, string Path, string? ExpectedPath)> Resolve(string name)
    {
        var catalog = LessonCatalog.Find(Environment.CurrentDirectory, AppContext.BaseDirectory);
        if (name.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase))
        {
            return File.Exists(name)
                ? [(Path.GetFileNameWithoutExtension(name), Path.GetFullPath(name), Expected(catalog, name))]
                : throw new ArgumentException($"There is no notebook '{Path.GetFullPath(name)}'.");
        }

        if (catalog is null)
        {
            throw new ArgumentException(
                $"The lesson '{name}' is expected in the repository's folder notebooks, but '{Environment.CurrentDirectory}' is not in such a repository.");
        }

        var names = catalog.Names;
        if (name != All && !names.Contains(name))
        {
            throw new ArgumentException($"There is no lesson '{name}'. The lessons are: {string.Join(", ", names)}, or all.");
        }

        return [.. (name == All ? names : [name]).Select(lesson => (lesson, catalog.NotebookPath(lesson), (string?)catalog.ExpectedPath(lesson)))];
    }

    public static string DefaultRunFolder(string lesson, string tier, string? data, DateTime time)
    {
        // Of one's own data, such as folder:PATH, the name at the path's end.
        var parts = new[] { lesson, tier, Path.GetFileName(data?[(data.IndexOf(':', StringComparison.Ordinal) + 1)..]), time.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) };
        return Path.Combine("runs", string.Join('-', parts.Where(part => part is not null)));
    }

    /// <summary>A path to a lesson's own notebook counts as that lesson.</summary>
    private static string? Expected(LessonCatalog? catalog, string path)
    {
        var lesson = Path.GetFileNameWithoutExtension(path);
        return catalog is not null && Path.GetFullPath(path) == catalog.NotebookPath(lesson) ? catalog.ExpectedPath(lesson) : null;
    }
}
