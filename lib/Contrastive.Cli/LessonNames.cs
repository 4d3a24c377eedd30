using System.Globalization;
using Contrastive.Kernel.Lessons;

namespace Contrastive.Cli;

/// <summary>Finds the notebooks that the command line names.</summary>
internal static class LessonNames
{
    private const string All = "all";

    public static IReadOnlyList<LessonNotebook> Resolve(string name)
    {
        var catalog = LessonCatalog.Find(Environment.CurrentDirectory, AppContext.BaseDirectory);
        if (name.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase))
        {
            return File.Exists(name)
                ? [AtPath(catalog, name)]
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

        return [.. (name == All ? names : [name]).Select(lesson => Own(catalog, lesson))];
    }

    public static string DefaultRunFolder(string lesson, string tier, string? data, DateTime time)
    {
        // Of one's own data, such as folder:PATH, the name at the path's end.
        var parts = new[] { lesson, tier, Path.GetFileName(data?[(data.IndexOf(':', StringComparison.Ordinal) + 1)..]), time.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) };
        return Path.Combine("runs", string.Join('-', parts.Where(part => part is not null)));
    }

    /// <summary>A path to a lesson's own notebook counts as that lesson.</summary>
    private static LessonNotebook AtPath(LessonCatalog? catalog, string path)
    {
        var lesson = Path.GetFileNameWithoutExtension(path);
        return catalog is not null && Path.GetFullPath(path) == catalog.NotebookPath(lesson)
            ? Own(catalog, lesson)
            : new LessonNotebook(lesson, Path.GetFullPath(path), null, null);
    }

    private static LessonNotebook Own(LessonCatalog catalog, string lesson) => new(lesson, catalog.NotebookPath(lesson), catalog.ExpectedPath(lesson), catalog.SeedsPath(lesson));
}

/// <summary>A notebook to run.</summary>
/// <param name="Lesson">Its name.</param>
/// <param name="Path">Its path.</param>
/// <param name="ExpectedPath">The file of its bands; null if it is no lesson of the repository.</param>
/// <param name="SeedsPath">The file of its records of several seeds; null if it is no lesson of the repository.</param>
internal sealed record LessonNotebook(string Lesson, string Path, string? ExpectedPath, string? SeedsPath);
