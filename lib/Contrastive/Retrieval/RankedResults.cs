namespace Contrastive.Retrieval;

/// <summary>The results of many queries, by the query's id.</summary>
public static class RankedResults
{
    /// <summary>
    /// Leaves out of each query's results the passage that has the query's own id, as BEIR's evaluation does
    /// (<c>ignore_identical_ids</c>): in ArguAna and Quora each query is itself in the corpus and would be found first. Search for one
    /// passage more than is measured.
    /// </summary>
    /// <param name="results">The results of each query, by the query's id; unchanged.</param>
    /// <returns>The same queries, the rest in its order.</returns>
    public static IReadOnlyDictionary<string, IReadOnlyList<RankedItem>> WithoutOwnPassage(IReadOnlyDictionary<string, IReadOnlyList<RankedItem>> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return results.ToDictionary(
            query => query.Key, query => (IReadOnlyList<RankedItem>)[.. query.Value.Where(item => item.Id != query.Key)], StringComparer.Ordinal);
    }
}
