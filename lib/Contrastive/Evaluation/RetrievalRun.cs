using Contrastive.Data;
using Contrastive.Retrieval;

namespace Contrastive.Evaluation;

/// <summary>What a search finds for queries, by their ids: what <see cref="RetrievalReport"/> measures and <see cref="RunFile"/> writes.</summary>
public static class RetrievalRun
{
    /// <summary>Asks all queries.
    /// <code>var report = RetrievalReport.Of(RetrievalRun.Of(bm25, set.Queries), set.Relevance, [RetrievalMeasure.NdcgAt(10)]);</code></summary>
    /// <param name="retriever">The search.</param>
    /// <param name="queries">Queries, none of whose ids occurs twice.</param>
    /// <param name="topK">How many passages each query gets. <value>The default is 100: deeper than what is measured at 10, so that among equal
    /// scores the measure's order of ties decides, not the search's.</value></param>
    /// <exception cref="ArgumentException">An id occurs twice, or K is below 1.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<RankedItem>> Of(IRetriever retriever, IReadOnlyList<Query> queries, int topK = 100)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        ArgumentNullException.ThrowIfNull(queries);
        if (queries.CountBy(query => query.Id, StringComparer.Ordinal).FirstOrDefault(id => id.Value > 1) is { Key: { } twice })
            throw new ArgumentException($"Two queries have the id '{twice}'; an id may occur once.", nameof(queries));
        return queries.Zip(retriever.Search([.. queries.Select(query => query.Text)], topK))
            .ToDictionary(pair => pair.First.Id, pair => pair.Second, StringComparer.Ordinal);
    }
}
