using System.Text;

namespace Contrastive.Data;

/// <summary>
/// Records of tab-separated values, read one at a time. A value that begins with a quote ends with one and may hold tabs, line breaks and
/// doubled quotes; elsewhere a quote is a letter like any other, as for Python's csv module. Blank lines are skipped.
/// </summary>
internal static class TabRecords
{
    /// <summary>A value of so many characters is a quote that was never closed.</summary>
    private const int LongestValue = 1 << 28;

    /// <summary>The records, each with the line it begins on.</summary>
    /// <exception cref="InvalidDataException">A quote is not closed, or something other than a tab follows a closing one.</exception>
    public static IEnumerable<(TextLine Line, IReadOnlyList<string> Values)> Read(StreamedFile file)
    {
        using var lines = new LineReader(file);
        while (lines.Next())
        {
            var first = lines.Text();
            if (first.IsBlank)
                continue;
            var values = new List<string>();
            StringBuilder? open = null; // the value of a quote that a line break did not close
            for (var line = first; (open = Split(line, values, open)) is not null; line = lines.Text())
            {
                open.Append('\n');
                if (open.Length > LongestValue || !lines.Next())
                    throw first.Wrong("a quote is not closed.");
            }

            yield return (first, values);
        }
    }

    /// <summary>Adds a line's values; returns the last if its quote is still open.</summary>
    private static StringBuilder? Split(TextLine line, List<string> values, StringBuilder? open)
    {
        var text = line.Text;
        for (var at = 0; at <= text.Length; at++)
        {
            if (open is null && (at == text.Length || text[at] != '"'))
            {
                var end = text.IndexOf('\t', at) is var tab and >= 0 ? tab : text.Length;
                values.Add(text[at..end]);
                at = end;
                continue;
            }

            at = open is null ? at + 1 : at;
            open ??= new StringBuilder();
            at = ReadQuoted(text, at, open);
            if (at < 0)
                return open;
            if (at < text.Length && text[at] != '\t')
                throw line.Wrong($"'{text[at]}' follows a closing quote; expected a tab.");
            values.Add(open.ToString());
            open = null;
        }

        return null;
    }

    /// <summary>Reads to the closing quote and returns the position after it; −1 if it is not in the line.</summary>
    private static int ReadQuoted(string text, int at, StringBuilder value)
    {
        while (text.IndexOf('"', at) is var quote and >= 0)
        {
            value.Append(text, at, quote - at);
            if (quote + 1 == text.Length || text[quote + 1] != '"')
                return quote + 1;
            value.Append('"');
            at = quote + 2;
        }

        value.Append(text, at, text.Length - at);
        return -1;
    }
}
