namespace Contrastive.Retrieval;

/// <summary>A search for texts: by words, by vectors, or by both. Its results can be fused, evaluated and written as a run file whatever it
/// searches by.</summary>
public interface IRetriever
{
    /// <summary>The best passages for each query.</summary>
    /// <param name="queries">Q texts. One that says nothing to this search (no known word) finds nothing.</param>
    /// <param name="topK">The most that a query gets, at least 1; a smaller corpus gives as many as it has.</param>
    /// <returns>For each query its passages, best first; the order of equal scores is the same each time.</returns>
    IReadOnlyList<IReadOnlyList<RankedItem>> Search(IReadOnlyList<string> queries, int topK);
}
