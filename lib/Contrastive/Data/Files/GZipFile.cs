namespace Contrastive.Data;

/// <summary>Files that may or may not be compressed with gzip, told apart by their first bytes.</summary>
internal static class GZipFile
{
    /// <summary>Opens the file's content, decompressed if need be.</summary>
    public static Stream Open(string path, UnpackLimits? limits = null)
    {
        var file = File.OpenRead(path);
        var isCompressed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return new LimitedStream(isCompressed ? new WholeGZipStream(file) : file, new ByteBudget((limits ?? UnpackLimits.Default).Bytes));
    }

    /// <summary>Runs a reader and prefixes gzip's own errors with the file's name.</summary>
    /// <exception cref="InvalidDataException">The compressed data is damaged or ends early.</exception>
    public static void Reading(string path, Action read)
    {
        try
        {
            read();
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException && !damaged.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path}: it cannot be unpacked: {damaged.Message}", damaged);
        }
    }
}
