using Contrastive.Torch;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace Contrastive.Retrieval;

/// <summary>Makes Lucene's query of a question's words; there is no query syntax.</summary>
internal sealed class Bm25Questions(Bm25Options options) : IDisposable
{
    private readonly Analyzer _analyzer = Bm25Schema.Analyzer(options.Analyzer);
    private readonly IReadOnlyList<string> _fields = Bm25Schema.Searched(options.Fields);

    /// <summary>The query, or null if the question holds no word that counts.</summary>
    public Query? Parse(string question)
    {
        var words = Words(CanonicalForm.Compose(question));
        if (words.Count == 0)
            return null;
        Query[] fields = [.. _fields.Select(field => Any(Terms(field, words)))];
        return fields is [var joined] ? joined : new DisjunctionMaxQuery(fields, (float)options.TieBreaker);
    }

    public void Dispose() => _analyzer.Dispose();

    /// <summary>The words in the order of their first occurrence, and how often each occurs.</summary>
    private OrderedDictionary<string, int> Words(string question)
    {
        var words = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        using var tokens = _analyzer.GetTokenStream(_fields[0], question);
        var term = tokens.GetAttribute<ICharTermAttribute>();
        tokens.Reset();
        while (tokens.IncrementToken())
        {
            var word = term.ToString();
            words[word] = words.GetValueOrDefault(word) + 1;
        }

        tokens.End();
        return words;
    }

    private static List<Query> Terms(string field, OrderedDictionary<string, int> words) =>
        [.. words.Select(word => new TermQuery(new Term(field, word.Key)) { Boost = word.Value })];

    // Lucene limits the clauses of one query (1,024 by default, for the whole process); a sum of sums has room for a question of any length.
    private static Query Any(List<Query> parts)
    {
        while (parts.Count > BooleanQuery.MaxClauseCount)
            parts = [.. parts.Chunk(BooleanQuery.MaxClauseCount).Select(chunk => Any([.. chunk]))];
        if (parts.Count == 1)
            return parts[0];
        var sum = new BooleanQuery(disableCoord: true);
        foreach (var part in parts)
            sum.Add(part, Occur.SHOULD);
        return sum;
    }
}
