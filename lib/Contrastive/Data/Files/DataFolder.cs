using System.Globalization;

namespace Contrastive.Data;

/// <summary>
/// The folder that holds real data: the environment variable <c>CONTRASTIVE_DATA</c>, or <c>contrastive</c> in the user's cache folder.
/// </summary>
/// <param name="path">The folder; it need not exist.</param>
public sealed class DataFolder(string path)
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "CONTRASTIVE_DATA";

    /// <summary>The folder of this process: <c>CONTRASTIVE_DATA</c> where it is set, else in the user's cache folder.</summary>
    public static DataFolder Default => new(Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? set : UserCache());

    /// <summary>The folder's full path.</summary>
    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>The full path of a name below the folder, whether or not there is such a file.</summary>
    /// <param name="name">A relative path with forward slashes.</param>
    public string PathOf(string name) => SafePath.Under(FullPath, name);

    /// <summary>The state of a file, from its name and size only.</summary>
    /// <param name="file">A file of the catalog.</param>
    public DataFileState Look(CatalogFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var info = new FileInfo(PathOf(file.Path));
        return !info.Exists ? DataFileState.Missing : info.Length != file.Size ? DataFileState.Wrong : DataFileState.Present;
    }

    /// <summary>The state of a file, checked by its SHA-256.</summary>
    /// <param name="file">A file of the catalog.</param>
    public DataFileState Verify(CatalogFile file) => Look(file) switch
    {
        DataFileState.Present => Sha256.OfFile(PathOf(file.Path)) == file.Sha256 ? DataFileState.Verified : DataFileState.Wrong,
        var state => state,
    };

    /// <summary>The full path of a file that must be here.</summary>
    /// <param name="entry">The data set it belongs to.</param>
    /// <param name="file">One of the entry's files.</param>
    /// <exception cref="FileNotFoundException">It is missing; the message says how to get it.</exception>
    /// <exception cref="InvalidDataException">The file's size differs from the catalog's.</exception>
    public string Require(CatalogEntry entry, CatalogFile file)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var full = PathOf(file.Path);
        return Look(file) switch
        {
            DataFileState.Present => full,
            DataFileState.Missing => throw new FileNotFoundException($"{entry.Title} is not in the data folder: '{full}' is missing. {HowToGet(entry, file)}", full),
            _ => throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"'{full}' has {new FileInfo(full).Length:N0} bytes, expected {file.Size:N0}: it is truncated or another file. Delete it. {HowToGet(entry, file)}")),
        };
    }

    private static string HowToGet(CatalogEntry entry, CatalogFile file) => file.Url is not null
        ? $"Run: contrastive data get {entry.Name}"
        : $"It is not offered for download: put it there yourself (or set {Variable} to the folder that has it).";

    /// <summary>The folder <c>contrastive</c> in the user's cache folder.</summary>
    internal static string UserCache()
    {
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "contrastive");
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsMacOS()
            ? Path.Combine(home, "Library", "Caches", "contrastive")
            : Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(home, ".cache"), "contrastive");
    }
}

/// <summary>The state of a catalog file in the data folder.</summary>
public enum DataFileState
{
    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>It is present with the right size; its SHA-256 was not computed.</summary>
    Present,

    /// <summary>It is present with the right SHA-256.</summary>
    Verified,

    /// <summary>A file of that name is present, with a different size or SHA-256.</summary>
    Wrong,
}
