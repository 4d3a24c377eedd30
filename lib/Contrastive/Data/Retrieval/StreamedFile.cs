namespace Contrastive.Data;

/// <summary>A file, or an entry of an archive, that is read as a stream.</summary>
/// <param name="Label">How messages name it.</param>
/// <param name="Open">Opens its content, from its beginning to its end; the caller disposes it.</param>
internal sealed record StreamedFile(string Label, Func<Stream> Open)
{
    /// <summary>Of a stream nothing is held, so the limit guards only against one that never ends: a tebibyte.</summary>
    public static readonly UnpackLimits Limits = new() { Bytes = 1L << 40 };

    /// <summary>A file by itself, compressed with gzip or not.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static StreamedFile At(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return File.Exists(path) ? new StreamedFile(path, () => GZipFile.Open(path, Limits)) : throw new FileNotFoundException($"There is no file '{path}'.", path);
    }
}
