using System.Globalization;
using System.Text;
using Contrastive.Torch;
using static System.FormattableString;

namespace Contrastive.Retrieval;

/// <summary>
/// Results in TREC's form, which trec_eval reads: <c>query Q0 document rank score tag</c>, a line for each document found.
/// </summary>
/// <remarks>
/// trec_eval ignores the rank and orders by score, then by document id, both descending; so does <c>RetrievalReport</c>, whatever the order
/// of the items. Here equal scores keep their order, in writing and in reading: what is written and read back is the same list, and so has
/// the same figures in any measure.
/// </remarks>
public static class RunFile
{
    /// <summary>Writes results. Scores get as many digits as single precision needs to be read back exactly; ranks begin at 1. A query
    /// without results has no line.</summary>
    /// <param name="path">The file, which is replaced only once all is written.</param>
    /// <param name="results">The results of each query, by the query's id; written by score descending, equal scores in their order.</param>
    /// <param name="tag">What the run is called. <value>The default is contrastive.</value></param>
    /// <exception cref="ArgumentException">An id or the tag is empty or holds white space or half of a surrogate pair, a query has a document twice, or a score is not
    /// finite. Nothing is written.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, IReadOnlyList<RankedItem>> results, string tag = "contrastive")
    {
        ArgumentNullException.ThrowIfNull(results);
        TrecColumn.Check(tag, "tag", nameof(tag));
        WholeFile.WriteLines(path, results.SelectMany(query => Lines(query.Key, query.Value, tag)));
    }

    /// <summary>Reads results: of each query by score descending, equal scores in the file's order. The ranks and the tag are not
    /// used.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <returns>The results of each query, by the query's id.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A line is wrong or repeats a document, and the message says which.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<RankedItem>> Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var results = new Dictionary<string, List<RankedItem>>(StringComparer.Ordinal);
        var seen = new HashSet<(string, string)>();
        foreach (var (number, line) in NumberedLines(path))
        {
            InvalidDataException Wrong(string what) => new(Invariant($"{path}, line {number}: {what}"));
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (TrecColumn.Split(line) is not [var query, _, var document, _, var text, _])
                throw Wrong($"{Counted.There(TrecColumn.Split(line).Length, "column")}; expected 6: query, Q0, document, rank, score, tag.");
            if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) || !float.IsFinite(score))
                throw Wrong($"the score '{text}' is no finite number.");
            if (!seen.Add((query, document)))
                throw Wrong($"query '{query}' has document '{document}' a second time.");
            if (!results.TryGetValue(query, out var items))
                results.Add(query, items = []);
            items.Add(new RankedItem(document, score));
        }

        return results.ToDictionary(query => query.Key, query => (IReadOnlyList<RankedItem>)[.. Ordered(query.Value)], StringComparer.Ordinal);
    }

    private static IOrderedEnumerable<RankedItem> Ordered(IEnumerable<RankedItem> items) => items.OrderByDescending(item => item.Score); // stable

    private static IEnumerable<string> Lines(string query, IReadOnlyList<RankedItem> results, string tag)
    {
        TrecColumn.Check(query, "query's id", nameof(results));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in results)
        {
            TrecColumn.Check(item.Id, "document's id", nameof(results));
            if (!float.IsFinite(item.Score))
                throw new ArgumentException(Invariant($"Query '{query}' has document '{item.Id}' with the score {item.Score}; expected a finite number."), nameof(results));
            if (!seen.Add(item.Id))
                throw new ArgumentException($"Query '{query}' has document '{item.Id}' twice.", nameof(results));
        }

        return Ordered(results).Select((item, place) => Invariant($"{query} Q0 {item.Id} {place + 1} {item.Score:R} {tag}"));
    }

    private static IEnumerable<(int Number, string Line)> NumberedLines(string path)
    {
        using var reader = new StreamReader(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        for (var number = 1; Next(reader, path, number) is { } line; number++)
            yield return (number, line);
    }

    private static string? Next(StreamReader reader, string path, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException(Invariant($"{path}: it is not UTF-8, in line {number} or soon after."));
        }
    }
}
