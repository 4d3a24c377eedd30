using Contrastive.Retrieval;

namespace Contrastive.Evaluation;

/// <summary>
/// The results of one query, ordered as trec_eval orders them (by score descending and, among equal scores, by id descending; the order in
/// which they are passed does not matter), each with its judgment: what a <see cref="RetrievalMeasure"/> measures.
/// </summary>
public sealed class JudgedRanking
{
    private JudgedRanking(string[] ids, int[] grades, bool[] isJudged, int[] bestGrades) =>
        (Ids, Grades, IsJudged, BestGrades) = (ids, grades, isJudged, bestGrades);

    /// <summary>The ids of the results, best first.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>The relevance of each result: above 0 is relevant; one that was not judged, or below 0, has 0.</summary>
    public IReadOnlyList<int> Grades { get; }

    /// <summary>Whether each result was judged for this query; a judgment below 0 means that it was not, as in trec_eval.</summary>
    public IReadOnlyList<bool> IsJudged { get; }

    /// <summary>The relevance of all relevant documents, found or not, the highest first: the best possible order.</summary>
    public IReadOnlyList<int> BestGrades { get; }

    /// <summary>How many documents are relevant, found or not; at least 1.</summary>
    public int RelevantCount => BestGrades.Count;

    /// <summary>Orders results and looks up their judgments.</summary>
    /// <param name="results">What the search returned for the query, in any order; may be empty.</param>
    /// <param name="relevance">The judged documents of the query, at least one of them relevant (above 0).</param>
    /// <exception cref="ArgumentException">No document is relevant, an id is missing or occurs twice, or a score is NaN.</exception>
    public static JudgedRanking Of(IEnumerable<RankedItem> results, IReadOnlyDictionary<string, int> relevance) => Of(results, relevance, "");

    /// <summary>The same, with whose results they are at the start of the messages.</summary>
    internal static JudgedRanking Of(IEnumerable<RankedItem> results, IReadOnlyDictionary<string, int> relevance, string whose)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(relevance);
        int[] best = [.. relevance.Values.Where(grade => grade > 0).OrderDescending()];
        if (best.Length == 0)
            throw new ArgumentException($"{whose}No document is relevant to this query, so its measures are undefined; leave the query out.", nameof(relevance));
        var ranked = RankedResults.Check(results, whose, nameof(results));
        Array.Sort(ranked, TrecOrder.BestFirst);
        return new JudgedRanking(
            Array.ConvertAll(ranked, item => item.Id),
            Array.ConvertAll(ranked, item => Math.Max(0, relevance.GetValueOrDefault(item.Id))),
            Array.ConvertAll(ranked, item => relevance.GetValueOrDefault(item.Id, -1) >= 0),
            best);
    }

    /// <summary>The rank of the first relevant result, from 1, or null if none is found.</summary>
    public int? FirstRelevant()
    {
        for (var place = 0; place < Grades.Count; place++)
        {
            if (Grades[place] > 0)
                return place + 1;
        }

        return null;
    }
}
