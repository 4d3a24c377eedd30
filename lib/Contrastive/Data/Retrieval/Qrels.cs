using Contrastive.Retrieval;
using Contrastive.Torch;
using static System.FormattableString;

namespace Contrastive.Data;

/// <summary>Relevance judgments in TREC's form, which trec_eval reads: <c>query 0 document grade</c>, between tabs or spaces.</summary>
public static class Qrels
{
    /// <summary>Reads judgments, in BEIR's three columns between tabs too. Ids stay as they are written.</summary>
    /// <param name="path">The file, compressed with gzip or not.</param>
    /// <returns>By the query's id the grade of each judged document, by its id.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A line is wrong or judges a document again, and the message says which; or there is no
    /// judgment.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Read(string path)
    {
        var relevance = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        foreach (var (line, query, document, grade) in Judgment.Read(StreamedFile.At(path)))
        {
            if (!relevance.TryGetValue(query, out var judged))
                relevance.Add(query, judged = new Dictionary<string, int>(StringComparer.Ordinal));
            if (!judged.TryAdd(document, grade))
                throw line.Wrong($"document '{document}' is judged a second time for query '{query}'.");
        }

        return relevance.Count > 0
            ? relevance.ToDictionary(query => query.Key, query => (IReadOnlyDictionary<string, int>)query.Value, StringComparer.Ordinal)
            : throw new InvalidDataException($"{path}: it holds no judgment.");
    }

    /// <summary>Writes judgments in four columns.</summary>
    /// <param name="path">The file, which is replaced only once all is written.</param>
    /// <param name="relevance">By the query's id the grade of each judged document, by its id.</param>
    /// <exception cref="ArgumentException">An id is empty or holds white space. Nothing is written.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> relevance)
    {
        ArgumentNullException.ThrowIfNull(relevance);
        WholeFile.WriteLines(path, relevance.SelectMany(query => query.Value.Select(judged =>
            Invariant($"{Column(query.Key, "query's id")} 0 {Column(judged.Key, "document's id")} {judged.Value}"))));
        static string Column(string id, string kind) => TrecColumn.Check(id, kind, nameof(relevance));
    }
}
