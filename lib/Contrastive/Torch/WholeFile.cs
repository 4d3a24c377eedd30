using System.Text;

namespace Contrastive.Torch;

/// <summary>Files that appear, or replace an older one, only once they are whole; a failure leaves what was there. Of two writers of one file
/// the one that ends last wins.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file's bytes.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no folder for it.</exception>
    /// <exception cref="IOException">The path is a folder's, or cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a folder; expected the path of a file.");
        var temporary = $"{path}.{Guid.NewGuid():N}.partial";
        using var file = Create(temporary, path);
        try
        {
            write(file);
            file.Flush(flushToDisk: true);
            file.Dispose();
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            file.Dispose();
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes lines of UTF-8 text, without a byte-order mark, each with a line feed.</summary>
    public static void WriteLines(string path, IEnumerable<string> lines) => Write(path, file =>
    {
        using var writer = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), leaveOpen: true) { NewLine = "\n" };
        foreach (var line in lines)
            writer.WriteLine(line);
    });

    /// <summary>The system's message would name the temporary file, of which the caller knows nothing.</summary>
    private static FileStream Create(string temporary, string path)
    {
        try
        {
            return new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        }
        catch (DirectoryNotFoundException error)
        {
            throw new DirectoryNotFoundException($"'{path}' cannot be written: there is no folder '{Path.GetDirectoryName(Path.GetFullPath(path))}'; create it.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"'{path}' cannot be written: {error.Message.Replace(Path.GetFullPath(temporary), path, StringComparison.Ordinal)}", error);
        }
    }
}
