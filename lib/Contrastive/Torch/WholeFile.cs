using System.Text;

namespace Contrastive.Torch;

/// <summary>Files that appear, or replace an older one, only once they are whole; a failure leaves what was there.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file's bytes.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var temporary = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes lines of UTF-8 text, without a byte-order mark, each with a line feed.</summary>
    public static void WriteLines(string path, IEnumerable<string> lines) => Write(path, file =>
    {
        using var writer = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), leaveOpen: true) { NewLine = "\n" };
        foreach (var line in lines)
            writer.WriteLine(line);
    });
}
