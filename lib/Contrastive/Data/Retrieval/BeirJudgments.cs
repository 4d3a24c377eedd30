using static System.FormattableString;

namespace Contrastive.Data;

/// <summary>The judgments of a BEIR set, matched with the ids of its queries and documents.</summary>
internal sealed class BeirJudgments(Dictionary<string, int> queries, Dictionary<string, int> documents)
{
    private int _unknownQueries, _unknownDocuments, _repeated;

    /// <summary>How many judgments were added.</summary>
    public long Count { get; private set; }

    public Dictionary<string, Dictionary<string, int>> Relevance { get; } = new(StringComparer.Ordinal);

    public IEnumerable<string> Notes
    {
        get
        {
            if (_unknownDocuments > 0)
                yield return Invariant($"Judgments of documents that the corpus lacks: {_unknownDocuments:N0}; they stay and count as not found, as in trec_eval.");
            if (_unknownQueries > 0)
                yield return Invariant($"Judgments of queries that the set lacks: {_unknownQueries:N0}; they are left out.");
            if (_repeated > 0)
                yield return Invariant($"Judgments that repeat an earlier one of the same document: {_repeated:N0}; the last counts.");
        }
    }

    public void Add(Judgment judgment)
    {
        Count++;
        if (!Resolve(judgment.Query, queries, out var query))
        {
            _unknownQueries++;
            return;
        }

        if (!Resolve(judgment.Document, documents, out var document))
            _unknownDocuments++;
        if (!Relevance.TryGetValue(query, out var judged))
            Relevance.Add(query, judged = new Dictionary<string, int>(StringComparer.Ordinal));
        if (!judged.TryAdd(document, judgment.Grade))
        {
            _repeated++;
            judged[document] = judgment.Grade;
        }
    }

    /// <summary>The id as it is written where there is such a one, otherwise without the quotes of a table.</summary>
    private static bool Resolve(string written, Dictionary<string, int> known, out string id)
    {
        id = known.ContainsKey(written) ? written : Judgment.Unquoted(written) ?? written;
        return known.ContainsKey(id);
    }
}
