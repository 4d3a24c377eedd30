namespace Contrastive.Data;

/// <summary>Unpacks archives that may be hostile: nothing is written outside the target, and a failure leaves nothing behind.</summary>
public static class Archive
{
    /// <summary>Unpacks a <c>.tar</c>, <c>.tar.gz</c>, <c>.tgz</c> or <c>.zip</c> into a new folder; a single top-level folder in it
    /// is stripped.</summary>
    /// <param name="archive">The archive's path.</param>
    /// <param name="folder">The folder to make; it appears only once everything is unpacked.</param>
    /// <param name="limits">How much it may unpack to; <see cref="UnpackLimits.Default"/> if null.</param>
    /// <exception cref="InvalidDataException">
    /// The archive is damaged, exceeds the limits, holds links or devices, or names a path that is absolute or leads outside the folder.
    /// </exception>
    /// <exception cref="IOException">The folder already exists, or cannot be written.</exception>
    public static void Unpack(string archive, string folder, UnpackLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(archive);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Path.Exists(target))
        {
            throw new IOException($"'{target}' already exists: move or delete it, then unpack again.");
        }

        var building = $"{target}.unpacking-{Guid.NewGuid():N}";
        Directory.CreateDirectory(building);
        try
        {
            ArchiveWalk.Walk(archive, limits ?? UnpackLimits.Default, (name, content) => Write(building, name, content));
            Directory.Move(OnlyFolderIn(building) ?? building, target);
        }
        finally
        {
            if (Directory.Exists(building))
            {
                Directory.Delete(building, recursive: true);
            }
        }
    }

    /// <summary>Unpacks a single compressed file, <c>.gz</c>, to a new file.</summary>
    /// <param name="archive">The compressed file's path.</param>
    /// <param name="path">The file to make; it appears only once everything is unpacked.</param>
    /// <param name="limits">How much it may unpack to; <see cref="UnpackLimits.Default"/> if null.</param>
    /// <exception cref="InvalidDataException">The file is damaged or exceeds the limits.</exception>
    /// <exception cref="IOException">The target already exists, or cannot be written.</exception>
    public static void UnpackFile(string archive, string path, UnpackLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(archive);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var building = $"{Path.GetFullPath(path)}.unpacking-{Guid.NewGuid():N}";
        Directory.CreateDirectory(Path.GetDirectoryName(building)!);
        try
        {
            using (var target = new FileStream(building, FileMode.CreateNew))
            using (var source = GZipFile.Open(archive, limits))
            {
                GZipFile.Reading(archive, () => source.CopyTo(target));
            }

            File.Move(building, path, overwrite: false);
        }
        finally
        {
            File.Delete(building);
        }
    }

    private static void Write(string root, string name, Stream? content)
    {
        var path = SafePath.Under(root, name);
        if (content is null)
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (Path.Exists(path))
        {
            throw new InvalidDataException($"The entry '{name}' occurs twice, or as a file and a folder.");
        }

        using var target = new FileStream(path, FileMode.CreateNew);
        content.CopyTo(target);
    }

    private static string? OnlyFolderIn(string folder) =>
        Directory.GetFileSystemEntries(folder) is [var only] && Directory.Exists(only) ? only : null;
}
