using System.Text;

namespace Contrastive.Data;

/// <summary>Records of comma-separated values (RFC 4180): a quoted value may hold commas, line breaks and doubled quotes.</summary>
internal static class CsvRecords
{
    /// <summary>The records, each with the line it begins on.</summary>
    /// <exception cref="InvalidDataException">A quote is not closed, or something other than a comma follows a closing one.</exception>
    public static IEnumerable<(TextLine Line, IReadOnlyList<string> Values)> Read(IReadOnlyList<TextLine> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var (first, text) = (lines[i], lines[i].Text);
            // While the number of quotes is odd, one is open and the record continues.
            while (text.Count(letter => letter == '"') % 2 == 1)
            {
                i++;
                text = i < lines.Count ? $"{text}\n{lines[i].Text}" : throw first.Wrong("a quote is not closed.");
            }

            yield return (first, Split(first, text));
        }
    }

    private static List<string> Split(TextLine line, string text)
    {
        var values = new List<string>();
        for (var at = 0; at <= text.Length; at++)
        {
            var value = new StringBuilder();
            if (at < text.Length && text[at] == '"')
                at = ReadQuoted(line, text, at + 1, value);
            for (; at < text.Length && text[at] != ','; at++)
                value.Append(text[at]);
            values.Add(value.ToString());
        }

        return values;
    }

    /// <summary>Reads to the closing quote and returns the position after it.</summary>
    private static int ReadQuoted(TextLine line, string text, int at, StringBuilder value)
    {
        for (; text[at] != '"' || (at + 1 < text.Length && text[at + 1] == '"'); at++)
        {
            value.Append(text[at]);
            if (text[at] == '"')
                at++;
        }

        return at + 1 == text.Length || text[at + 1] == ',' ? at + 1 : throw line.Wrong($"'{text[at + 1]}' follows a closing quote; expected a comma.");
    }
}
