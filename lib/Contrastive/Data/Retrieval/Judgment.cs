using System.Globalization;
using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>A line of a file of judgments.</summary>
/// <param name="Line">Where it stands.</param>
/// <param name="Query">The query's id, as written.</param>
/// <param name="Document">The document's id, as written.</param>
/// <param name="Grade">How relevant it is; above 0 is relevant.</param>
internal readonly record struct Judgment(TextLine Line, string Query, string Document, int Grade)
{
    private static readonly string[] QueryNames = ["query-id", "query_id", "queryid", "qid", "query"];
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>
    /// Judgments in either form, which the first line tells: BEIR's <c>query-id, corpus-id, score</c> between tabs, with that header or
    /// without one, or TREC's <c>query 0 document grade</c> between tabs or spaces. Blank lines are skipped.
    /// </summary>
    /// <exception cref="InvalidDataException">A line is wrong, and the message says which.</exception>
    public static IEnumerable<Judgment> Read(StreamedFile file)
    {
        using var lines = new LineReader(file);
        bool? isTrec = null;
        while (lines.Next())
        {
            var line = lines.Text();
            if (line.IsBlank)
                continue;
            var isFirst = isTrec is null;
            isTrec ??= IsTrec(line);
            if (!(isFirst && IsHeader(line)))
                yield return isTrec.Value ? OfTrec(line) : OfBeir(line);
        }
    }

    /// <summary>The id that a comma- or tab-separated file means by a quoted value (<c>"5"" pipe"</c> is <c>5" pipe</c>); null if it is not
    /// quoted.</summary>
    public static string? Unquoted(string id) =>
        id.Length >= 2 && id[0] == '"' && id[^1] == '"' ? id[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : null;

    private static bool IsTrec(TextLine line) => (line.Text.Split('\t').Length, Fields(line).Length) switch
    {
        (3, _) => false,
        (_, 4) => true,
        (var columns, var fields) => throw line.Wrong(
            $"{Counted.There(columns, "column")} between tabs and {fields} between blanks; expected 'query-id, corpus-id, score' between tabs, or 'query 0 document grade'."),
    };

    private static bool IsHeader(TextLine line) => line.Text.Split('\t') is [var query, _, var grade]
        && QueryNames.Contains(query.Trim(' ', '"'), StringComparer.OrdinalIgnoreCase) && ParseGrade(grade) is null;

    private static Judgment OfBeir(TextLine line) => line.Text.Split('\t') is [var query, var document, var grade]
        ? Of(line, query, document, grade)
        : throw line.Wrong($"{Counted.There(line.Text.Split('\t').Length, "column")} between tabs; expected 3: query-id, corpus-id, score.");

    private static Judgment OfTrec(TextLine line) => Fields(line) is [var query, _, var document, var grade]
        ? Of(line, query, document, grade)
        : throw line.Wrong($"{Counted.There(Fields(line).Length, "column")}; expected 4: query, 0, document, grade.");

    private static Judgment Of(TextLine line, string query, string document, string grade)
    {
        if (query.Length == 0 || document.Length == 0)
            throw line.Wrong($"the {(query.Length == 0 ? "query" : "document")}'s id is empty.");
        return new Judgment(line, query, document, ParseGrade(grade) ?? throw line.Wrong($"the grade '{grade}' is no whole number."));
    }

    /// <summary>A whole number, also one written as 1.0.</summary>
    private static int? ParseGrade(string text) =>
        double.TryParse(text.Trim(' ', '"'), NumberStyles.Float, CultureInfo.InvariantCulture, out var grade) && grade == Math.Round(grade) && Math.Abs(grade) <= int.MaxValue
            ? (int)grade
            : null;

    private static string[] Fields(TextLine line) => line.Text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
}
