namespace Contrastive.Data;

/// <summary>A file of captions: comma-separated values under the header <c>image,caption</c>, or the older form
/// <c>picture.jpg#0&lt;tab&gt;caption</c>.</summary>
internal static class CaptionTable
{
    private static readonly string[] Header = ["image", "caption"];

    /// <summary>The rows, with white space in captions, line breaks among it, made single spaces.</summary>
    /// <exception cref="InvalidDataException">The header is another one, a row has another number of columns, or a quote is not closed.</exception>
    public static IEnumerable<(TextLine Line, string Picture, string Caption)> Read(IReadOnlyList<TextLine> lines)
    {
        var first = lines.FirstOrDefault(line => !line.IsBlank);
        return first.Text is not null && first.Text.Contains('\t', StringComparison.Ordinal) ? ReadTokens(lines) : ReadCsv(lines);
    }

    private static IEnumerable<(TextLine Line, string Picture, string Caption)> ReadTokens(IReadOnlyList<TextLine> lines)
    {
        foreach (var line in lines.Where(line => !line.IsBlank))
        {
            var tab = line.Text.IndexOf('\t', StringComparison.Ordinal);
            var number = tab < 0 ? -1 : line.Text.LastIndexOf('#', tab);
            if (number < 1)
                throw line.Wrong($"expected 'picture.jpg#0<tab>caption', found '{Short(line.Text)}'; or begin the file with 'image,caption'.");
            yield return (line, line.Text[..number].Trim(), Plain(line.Text[(tab + 1)..]));
        }
    }

    private static IEnumerable<(TextLine Line, string Picture, string Caption)> ReadCsv(IReadOnlyList<TextLine> lines)
    {
        var isHeader = true;
        foreach (var (line, values) in CsvRecords.Read(lines))
        {
            if (isHeader && !values.Select(value => value.Trim()).SequenceEqual(Header, StringComparer.OrdinalIgnoreCase))
                throw line.Wrong($"the header is '{Short(line.Text)}', expected 'image,caption'.");
            if (!isHeader && !(line.IsBlank && values.Count == 1))
            {
                yield return values is [var picture, var caption]
                    ? (line, picture.Trim(), Plain(caption))
                    : throw line.Wrong($"there are {values.Count} values between commas, expected 2: put a caption that has commas in quotes.");
            }

            isHeader = false;
        }
    }

    private static string Plain(string caption) => string.Join(' ', caption.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Short(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
