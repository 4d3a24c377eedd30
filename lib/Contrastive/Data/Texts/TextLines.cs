using System.Text;

namespace Contrastive.Data;

/// <summary>The lines of a UTF-8 text, with their numbers.</summary>
internal static class TextLines
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Texts are held in memory.</summary>
    private static readonly UnpackLimits Limits = new() { Bytes = 1L << 30 };

    /// <summary>The lines of a file, compressed with gzip or not.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, too large, or not UTF-8.</exception>
    public static List<TextLine> Read(string path)
    {
        using var bytes = new MemoryStream();
        using (var content = GZipFile.Open(path, Limits))
            GZipFile.Reading(path, () => content.CopyTo(bytes));
        return Of(path, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>Lines end with a line feed, or a carriage return and a line feed; one at the very end starts no further line.</summary>
    /// <exception cref="InvalidDataException">A line is not UTF-8.</exception>
    public static List<TextLine> Of(string file, ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        var lines = new List<TextLine>();
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? [] : bytes[(end + 1)..];
            lines.Add(Decode(file, lines.Count + 1, line.EndsWith("\r"u8) ? line[..^1] : line));
        }

        return lines;
    }

    private static TextLine Decode(string file, int number, ReadOnlySpan<byte> line)
    {
        try
        {
            return new TextLine(file, number, Strict.GetString(line));
        }
        catch (DecoderFallbackException)
        {
            throw new TextLine(file, number, "").Wrong("it is not UTF-8.");
        }
    }
}
