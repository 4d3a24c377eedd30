namespace Contrastive.Data;

/// <summary>The files of a folder, a tar or a zip, by their names with forward slashes. Archives are unpacked into memory; the files of a
/// folder are read on demand.</summary>
internal sealed class FileTree
{
    /// <summary>Archives are held in memory, so the limit is lower than on disk.</summary>
    private static readonly UnpackLimits MemoryLimits = new() { Bytes = 4L << 30 };

    private readonly SortedDictionary<string, byte[]?> _files = new(StringComparer.Ordinal);
    private readonly bool _isFolder;

    private FileTree(string source)
    {
        Source = source;
        _isFolder = Directory.Exists(source);
    }

    /// <summary>The folder or archive that was opened.</summary>
    public string Source { get; }

    /// <summary>The files' names, in ordinal order.</summary>
    public IReadOnlyCollection<string> Paths => _files.Keys;

    /// <exception cref="FileNotFoundException">There is neither a folder nor a file of that name.</exception>
    /// <exception cref="InvalidDataException">The archive is damaged, or has entries that are refused.</exception>
    public static FileTree Open(string path, UnpackLimits? limits = null)
    {
        var tree = new FileTree(path);
        if (tree._isFolder)
        {
            foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
            {
                tree._files.Add(Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/'), null);
            }

            return tree;
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no folder or archive '{path}'.", path);
        }

        ArchiveWalk.Walk(path, limits ?? MemoryLimits, (name, content) =>
        {
            if (content is not null && !tree._files.TryAdd(name, ReadAll(content)))
            {
                throw new InvalidDataException($"The entry '{name}' occurs twice.");
            }
        });
        return tree;
    }

    public byte[] Read(string name) => _isFolder
        ? File.ReadAllBytes(Path.Combine(Source, name))
        : _files[name] ?? throw new InvalidOperationException($"'{name}' was not read.");

    private static byte[] ReadAll(Stream content)
    {
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
