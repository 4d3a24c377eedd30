namespace NativeFix;

/// <summary>Our copy of a native library, on disk.</summary>
public static class NativeCopy
{
    /// <summary>Marks a needed symbol version weak, unless it is so already or is not needed at all.</summary>
    /// <returns>Whether the file was changed.</returns>
    /// <exception cref="InvalidDataException">The file is not a 64-bit little-endian ELF shared object, or it is damaged;
    /// it is left unchanged.</exception>
    public static bool MarkWeak(string path, string version)
    {
        var versions = SymbolVersions.Read(File.ReadAllBytes(path));
        if (versions.Entries.All(entry => entry.Version != version || entry.IsWeak))
        {
            return false;
        }

        Replace(path, versions.MarkWeak(version));
        return true;
    }

    // A new file takes the old one's place: the copy may be a hard link into the package cache, which must not change.
    // It keeps the original's timestamp, so that the next build sees an up-to-date copy.
    private static void Replace(string path, byte[] content)
    {
        var time = File.GetLastWriteTimeUtc(path);
        var temporary = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            File.WriteAllBytes(temporary, content);
            File.SetLastWriteTimeUtc(temporary, time);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
