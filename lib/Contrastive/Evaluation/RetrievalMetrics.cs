using Contrastive.Retrieval;
using Contrastive.Torch;

namespace Contrastive.Evaluation;

/// <summary>
/// Measures of ranked results, one query at a time, equal to trec_eval's: results are ordered by score descending and, among equal
/// scores, by id descending (ordinal); the order in which they are passed does not matter. Relevance above zero counts as relevant.
/// </summary>
public static class RetrievalMetrics
{
    /// <summary>The share of relevant documents among the first k, in [0, 1] (trec_eval's <c>recall_k</c>).</summary>
    /// <param name="results">What the search returned for the query.</param>
    /// <param name="relevance">The judged documents of the query, at least one of them relevant.</param>
    /// <param name="k">At least 1.</param>
    /// <exception cref="ArgumentException">No document is relevant, an id occurs twice, a score is NaN, or k is below 1.</exception>
    public static double RecallAt(int k, IEnumerable<RankedItem> results, IReadOnlyDictionary<string, int> relevance) =>
        Top(k, results, relevance).Count(grade => grade > 0) / (double)relevance.Values.Count(grade => grade > 0);

    /// <summary>1 if any relevant document is among the first k, else 0 (<c>success_k</c>; "top-k accuracy" in the DPR paper).</summary>
    /// <inheritdoc cref="RecallAt"/>
    public static double SuccessAt(int k, IEnumerable<RankedItem> results, IReadOnlyDictionary<string, int> relevance) =>
        Top(k, results, relevance).Any(grade => grade > 0) ? 1 : 0;

    /// <summary>The reciprocal rank of the first relevant document among the first k, 0 if there is none (its mean over queries is
    /// MRR@k).</summary>
    /// <inheritdoc cref="RecallAt"/>
    public static double ReciprocalRankAt(int k, IEnumerable<RankedItem> results, IReadOnlyDictionary<string, int> relevance) =>
        Array.FindIndex(Top(k, results, relevance), grade => grade > 0) is var place and >= 0 ? 1.0 / (place + 1) : 0;

    /// <summary>
    /// Normalized discounted cumulative gain (Järvelin and Kekäläinen 2002; <c>ndcg_cut_k</c>):
    /// <code>DCG = Σ_{rank = 1..k} gain(relevance) / log₂(rank + 1),    nDCG = DCG / DCG of the best possible order</code>
    /// </summary>
    /// <param name="k">At least 1.</param>
    /// <param name="results">What the search returned for the query.</param>
    /// <param name="relevance">The judged documents of the query, at least one of them relevant; all others count as 0.</param>
    /// <param name="gain">Linear by default, as in trec_eval and BEIR.</param>
    /// <exception cref="ArgumentException">No document is relevant, an id occurs twice, a score is NaN, or k is below 1.</exception>
    public static double NdcgAt(int k, IEnumerable<RankedItem> results, IReadOnlyDictionary<string, int> relevance, Gain gain = Gain.Linear) =>
        DiscountedGain(Top(k, results, relevance), gain) / DiscountedGain(relevance.Values.OrderDescending().Take(k), gain);

    /// <summary>The mean of a measure over all judged queries; a query without results counts as 0 (trec_eval's <c>-c</c>), one without
    /// any relevant document is left out.</summary>
    /// <param name="results">The results of each query, by the query's id.</param>
    /// <param name="relevance">The judged documents of each query, by the query's id.</param>
    /// <param name="measure">Such as <c>(r, j) => RetrievalMetrics.NdcgAt(10, r, j)</c>.</param>
    /// <exception cref="ArgumentException">No query has a relevant document.</exception>
    public static double Mean(
        IReadOnlyDictionary<string, IReadOnlyList<RankedItem>> results,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> relevance,
        Func<IReadOnlyList<RankedItem>, IReadOnlyDictionary<string, int>, double> measure)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(relevance);
        ArgumentNullException.ThrowIfNull(measure);
        var judged = relevance.Where(query => query.Value.Values.Any(grade => grade > 0)).ToList();
        if (judged.Count == 0)
            throw new ArgumentException("No query has a relevant document; there is nothing to measure.", nameof(relevance));
        return judged.Average(query => results.TryGetValue(query.Key, out var found) ? measure(found, query.Value) : 0);
    }

    /// <summary>The relevance of the first k results, negative judgments as 0.</summary>
    private static int[] Top(int k, IEnumerable<RankedItem> results, IReadOnlyDictionary<string, int> relevance)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(relevance);
        Require.AtLeast(k, 1);
        if (!relevance.Values.Any(grade => grade > 0))
            throw new ArgumentException("No document is relevant to this query, so the measure is undefined; leave the query out.", nameof(relevance));
        var ranked = results.ToArray();
        if (ranked.Any(item => float.IsNaN(item.Score)))
            throw new ArgumentException($"The score of '{ranked.First(item => float.IsNaN(item.Score)).Id}' is NaN.", nameof(results));
        if (ranked.GroupBy(item => item.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"'{twice.Key}' occurs {twice.Count()} times in the results; a document may occur only once.", nameof(results));
        return [.. ranked.OrderByDescending(item => item.Score).ThenByDescending(item => item.Id, StringComparer.Ordinal).Take(k)
            .Select(item => Math.Max(0, relevance.GetValueOrDefault(item.Id)))];
    }

    private static double DiscountedGain(IEnumerable<int> grades, Gain gain) => grades
        .Select((grade, place) => (gain == Gain.Linear ? Math.Max(grade, 0) : Math.Pow(2, Math.Max(grade, 0)) - 1) / Math.Log2(place + 2)).Sum();
}

/// <summary>What a document of relevance r adds to the discounted cumulative gain.</summary>
public enum Gain
{
    /// <summary>r itself: trec_eval's, and so BEIR's.</summary>
    Linear,

    /// <summary>2^r − 1, which gives highly relevant documents more weight (Burges et al. 2005).</summary>
    Exponential,
}
