using System.Text.RegularExpressions;

namespace Contrastive.Kernel.Lessons;

/// <summary>The lessons of a repository: <c>notebooks/NN-name.ipynb</c>.</summary>
public sealed partial class LessonCatalog
{
    private const string Solution = "Contrastive.Notebooks.sln";

    private LessonCatalog(string root) => Root = root;

    /// <summary>The repository's folder.</summary>
    public string Root { get; }

    /// <summary>The lessons' names in their order.</summary>
    public IReadOnlyList<string> Names => Directory.Exists(Notebooks)
        ? [.. Directory.GetFiles(Notebooks, "*.ipynb").Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Where(name => LessonName().IsMatch(name)).Order(StringComparer.Ordinal)]
        : [];

    private string Notebooks => Path.Combine(Root, "notebooks");

    /// <summary>Finds the repository that holds one of the folders: the folder itself or one above it.</summary>
    /// <param name="folders">Where to start, the likeliest first.</param>
    /// <returns>The catalog, or null if no folder is in a repository.</returns>
    public static LessonCatalog? Find(params IEnumerable<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        foreach (var start in folders)
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, Solution)))
                {
                    return new LessonCatalog(folder.FullName);
                }
            }
        }

        return null;
    }

    /// <summary>A lesson's notebook.</summary>
    /// <param name="lesson">The lesson's name.</param>
    /// <returns>The notebook's path.</returns>
    public string NotebookPath(string lesson) => Path.Combine(Notebooks, lesson + ".ipynb");

    /// <summary>The file with the bands in which a lesson's metrics must lie.</summary>
    /// <param name="lesson">The lesson's name.</param>
    /// <returns>The file's path; the file need not exist.</returns>
    public string ExpectedPath(string lesson) => Path.Combine(Root, "data", "expected", lesson + ".json");

    /// <summary>The file with what several seeds of a lesson measured.</summary>
    /// <param name="lesson">The lesson's name.</param>
    /// <returns>The file's path; the file need not exist.</returns>
    public string SeedsPath(string lesson) => Path.Combine(Root, "data", "seeds", lesson + ".json");

    [GeneratedRegex(@"^\d\d-[a-z0-9-]+$")]
    private static partial Regex LessonName();
}
