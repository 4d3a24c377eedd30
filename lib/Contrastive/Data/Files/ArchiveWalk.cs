using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;

namespace Contrastive.Data;

/// <summary>Walks a tar, tar.gz or zip entry by entry; anything but a plain file or folder inside the archive's own tree is
/// refused.</summary>
internal static class ArchiveWalk
{
    private const int UnixTypeMask = 0xF000;
    private const int UnixRegular = 0x8000;
    private const int UnixDirectory = 0x4000;

    public static bool IsArchive(string path) => Kind(path) is not null;

    /// <summary>Calls <paramref name="visit"/> with each entry's checked name and its content, null for a folder.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged, too large, or has an entry that is refused; the message begins with
    /// its path.</exception>
    public static void Walk(string path, UnpackLimits limits, Action<string, Stream?> visit)
    {
        try
        {
            var entries = 0;
            void Count(string name, Stream? content)
            {
                if (++entries > limits.Entries)
                {
                    throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"It has more than {limits.Entries:N0} entries: refused."));
                }

                visit(SafePath.Check(name), content);
            }

            using var file = File.OpenRead(path);
            switch (Kind(path))
            {
                case ".tar":
                    WalkTar(file, new ByteBudget(limits.Bytes), Count);
                    break;
                case ".tar.gz":
                    using (var unzipped = new WholeGZipStream(file))
                    {
                        WalkTar(unzipped, new ByteBudget(limits.Bytes), Count);
                    }

                    break;
                case ".zip":
                    WalkZip(file, new ByteBudget(limits.Bytes), Count);
                    break;
                default:
                    throw new InvalidDataException("It is not a .tar, .tar.gz, .tgz or .zip.");
            }
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new InvalidDataException($"{path}: {damaged.Message}", damaged);
        }
    }

    private static string? Kind(string path) => path.ToLowerInvariant() switch
    {
        var name when name.EndsWith(".tar", StringComparison.Ordinal) => ".tar",
        var name when name.EndsWith(".tar.gz", StringComparison.Ordinal) || name.EndsWith(".tgz", StringComparison.Ordinal) => ".tar.gz",
        var name when name.EndsWith(".zip", StringComparison.Ordinal) => ".zip",
        _ => null,
    };

    private static void WalkTar(Stream stream, ByteBudget budget, Action<string, Stream?> visit)
    {
        // The budget is applied below the reader, so that a long name or header counts too.
        using var limited = new LimitedStream(stream, budget);
        using var reader = new TarReader(limited, leaveOpen: true);
        var none = true;
        while (reader.GetNextEntry() is { } entry)
        {
            none = false;
            switch (entry.EntryType)
            {
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    visit(entry.Name, entry.DataStream ?? Stream.Null);
                    break;
                case TarEntryType.Directory or TarEntryType.DirectoryList:
                    visit(entry.Name, null);
                    break;
                case TarEntryType.GlobalExtendedAttributes:
                    break;
                default:
                    throw new InvalidDataException($"The entry '{entry.Name}' is a {entry.EntryType}: only plain files and folders are unpacked.");
            }
        }

        if (none)
        {
            throw new InvalidDataException("It is empty or truncated: no entry was found.");
        }

        limited.CopyTo(Stream.Null); // Read to the end, so that gzip's checksum is verified.
    }

    private static void WalkZip(Stream stream, ByteBudget budget, Action<string, Stream?> visit)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        foreach (var entry in archive.Entries)
        {
            if (((entry.ExternalAttributes >> 16) & UnixTypeMask) is not (0 or UnixRegular or UnixDirectory))
            {
                throw new InvalidDataException($"The entry '{entry.FullName}' is a link or a device: only plain files and folders are unpacked.");
            }

            if (entry.FullName.EndsWith('/'))
            {
                visit(entry.FullName, null);
                continue;
            }

            using var content = new LimitedStream(entry.Open(), budget);
            visit(entry.FullName, content);
        }
    }
}
