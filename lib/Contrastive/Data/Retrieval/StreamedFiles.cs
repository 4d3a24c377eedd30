using System.Globalization;
using System.IO.Compression;

namespace Contrastive.Data;

/// <summary>
/// The files of a folder, at most two levels down, or of a zip, by their names with forward slashes. Each is read as a stream: nothing is
/// unpacked to disk or held in memory. A folder's files may be compressed with gzip.
/// </summary>
internal sealed class StreamedFiles
{
    private static readonly EnumerationOptions TwoLevels = new() { RecurseSubdirectories = true, MaxRecursionDepth = 2 };

    private readonly UnpackLimits _limits;
    private readonly bool _isFolder;

    /// <exception cref="FileNotFoundException">There is neither a folder nor a zip of that name.</exception>
    /// <exception cref="InvalidDataException">The zip is damaged, has too many entries, or one of them twice.</exception>
    public StreamedFiles(string path, UnpackLimits? limits = null)
    {
        (Source, _limits, _isFolder) = (path, limits ?? UnpackLimits.Default, Directory.Exists(path));
        if (!_isFolder && !File.Exists(path))
            throw new FileNotFoundException($"There is no folder or zip '{path}'.", path);
        Names = (_isFolder ? InFolder(path) : InZip(path)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The folder or zip.</summary>
    public string Source { get; }

    /// <summary>The files' names.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>One of the files.</summary>
    public StreamedFile Find(string name)
    {
        var label = _isFolder ? Path.Combine(Source, name) : $"{Source}: {name}";
        return new StreamedFile(label, () => _isFolder ? GZipFile.Open(label, _limits) : OpenEntry(label, name));
    }

    private static IEnumerable<string> InFolder(string path) => Directory.EnumerateFiles(path, "*", TwoLevels)
        .Select(file => Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/'));

    private EntryStream OpenEntry(string label, string name)
    {
        var archive = ZipFile.OpenRead(Source);
        Stream? content = null;
        GZipFile.Reading(label, () => content = Entries(archive).First(entry => SafePath.Check(entry.FullName) == name).Open());
        return new EntryStream(new LimitedStream(content!, new ByteBudget(_limits.Bytes)), archive);
    }

    private List<string> InZip(string path)
    {
        List<string> names = [];
        GZipFile.Reading(path, () =>
        {
            using var archive = ZipFile.OpenRead(path);
            if (archive.Entries.Count > _limits.Entries)
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"It has more than {_limits.Entries:N0} entries: refused."));
            names = [.. Entries(archive).Select(entry => SafePath.Check(entry.FullName))];
            if (names.CountBy(name => name).FirstOrDefault(count => count.Value > 1).Key is { } twice)
                throw new InvalidDataException($"The entry '{twice}' occurs twice.");
        });
        return names;
    }

    private static IEnumerable<ZipArchiveEntry> Entries(ZipArchive archive) => archive.Entries.Where(entry => !entry.FullName.EndsWith('/'));

    /// <summary>An entry's content, which closes its archive.</summary>
    private sealed class EntryStream(Stream content, ZipArchive archive) : ForwardStream(content)
    {
        public override int Read(Span<byte> buffer) => Inner.Read(buffer);

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing)
                archive.Dispose();
        }
    }
}
