using System.Globalization;
using Contrastive.Retrieval;
using Contrastive.Torch;

namespace Contrastive.Evaluation;

/// <summary>
/// A measure of one query's results, with the name that papers print. Those made here equal trec_eval's, or BEIR's where trec_eval has none;
/// <see cref="RetrievalReport"/> takes their means over queries. One's own:
/// <code>new RetrievalMeasure("found", ranking =&gt; ranking.Ids.Count)</code>
/// </summary>
/// <param name="name">As in a table's heading, such as <c>nDCG@10</c>.</param>
/// <param name="value">The value for a query's results, a finite number.</param>
public sealed class RetrievalMeasure(string name, Func<JudgedRanking, double> value)
{
    private readonly Func<JudgedRanking, double> _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>As in a table's heading, such as <c>nDCG@10</c>.</summary>
    public string Name { get; } = string.IsNullOrWhiteSpace(name) ? throw new ArgumentException("The measure has no name.", nameof(name)) : name;

    /// <summary>The average precision of all results (trec_eval's <c>map</c>); its mean over queries is MAP:
    /// <code>AP = 1 / |relevant| · Σ_{rank of a relevant result} relevant results up to the rank / rank</code></summary>
    public static RetrievalMeasure AveragePrecision { get; } = new("MAP", ranking => SumOfPrecisions(ranking, int.MaxValue) / ranking.RelevantCount);

    /// <summary>The reciprocal rank of the first relevant result, 0 if there is none (<c>recip_rank</c>); its mean is MRR.</summary>
    public static RetrievalMeasure ReciprocalRank { get; } = new("MRR", ranking => 1.0 / ranking.FirstRelevant() ?? 0);

    /// <summary>
    /// Normalized discounted cumulative gain of the first k (Järvelin and Kekäläinen 2002; <c>ndcg_cut_k</c>):
    /// <code>DCG = Σ_{rank = 1..k} gain(relevance) / log₂(rank + 1),    nDCG = DCG / DCG of the best possible order</code>
    /// </summary>
    /// <param name="k">At least 1.</param>
    /// <param name="gain">Linear by default, as in trec_eval and BEIR. The exponential one is named nDCGexp.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public static RetrievalMeasure NdcgAt(int k, Gain gain = Gain.Linear)
    {
        Require.Defined(gain);
        return At(k, gain == Gain.Linear ? "nDCG" : "nDCGexp", ranking => DiscountedGain(ranking.Grades, k, gain) / DiscountedGain(ranking.BestGrades, k, gain));
    }

    /// <summary>The share of the relevant documents that are among the first k (<c>recall_k</c>).</summary>
    /// <inheritdoc cref="SuccessAt"/>
    public static RetrievalMeasure RecallAt(int k) => At(k, "Recall", ranking => Relevant(ranking, k) / (double)ranking.RelevantCount);

    /// <summary>Recall with the best value that k results can reach as its unit: the relevant documents among the first k over
    /// min(k, |relevant|) (BEIR's <c>R_cap@k</c>, trec_eval's <c>relative_P_k</c>).</summary>
    /// <inheritdoc cref="SuccessAt"/>
    public static RetrievalMeasure CappedRecallAt(int k) => At(k, "R_cap", ranking => Relevant(ranking, k) / (double)Math.Min(k, ranking.RelevantCount));

    /// <summary>The share of the first k that are relevant (<c>P_k</c>). A list shorter than k is still divided by k.</summary>
    /// <inheritdoc cref="SuccessAt"/>
    public static RetrievalMeasure PrecisionAt(int k) => At(k, "P", ranking => Relevant(ranking, k) / (double)k);

    /// <summary>1 if any relevant document is among the first k, else 0 (<c>success_k</c>; BEIR's <c>Accuracy@k</c>).</summary>
    /// <param name="k">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public static RetrievalMeasure SuccessAt(int k) => At(k, "Success", ranking => ranking.FirstRelevant() <= k ? 1 : 0);

    /// <summary>The reciprocal rank of the first relevant document among the first k, 0 if there is none; its mean is MRR@k (MS MARCO's and
    /// BEIR's; BEIR's code leaves equal scores in the order in which they come).</summary>
    /// <inheritdoc cref="SuccessAt"/>
    public static RetrievalMeasure ReciprocalRankAt(int k) =>
        At(k, "MRR", ranking => ranking.FirstRelevant() is { } rank && rank <= k ? 1.0 / rank : 0);

    /// <summary>The average precision of the first k (<c>map_cut_k</c>): <see cref="AveragePrecision"/> with the sum up to k, still divided
    /// by the number of all relevant documents.</summary>
    /// <inheritdoc cref="SuccessAt"/>
    public static RetrievalMeasure AveragePrecisionAt(int k) => At(k, "MAP", ranking => SumOfPrecisions(ranking, k) / ranking.RelevantCount);

    /// <summary>
    /// The share of the first k that nobody judged for this query (Xiong et al. 2021, "hole rate"; trec_eval 10's <c>unj_k</c>): where it is
    /// high, the other measures say little. A list shorter than k is still divided by k. A judgment below 0 means "not judged", as in trec_eval.
    /// </summary>
    /// <inheritdoc cref="SuccessAt"/>
    public static RetrievalMeasure HoleAt(int k) => At(k, "Hole", ranking => ranking.IsJudged.Take(k).Count(judged => !judged) / (double)k);

    /// <summary>The share of the first k that nobody judged for <em>any</em> query: BEIR's <c>Hole@k</c>, never above <see cref="HoleAt(int)"/>.</summary>
    /// <param name="k">At least 1.</param>
    /// <param name="judged">Every document that was judged for some query: <c>relevance.Values.SelectMany(judged =&gt; judged.Keys).ToHashSet()</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public static RetrievalMeasure CorpusHoleAt(int k, IReadOnlySet<string> judged)
    {
        ArgumentNullException.ThrowIfNull(judged);
        return At(k, "CorpusHole", ranking => ranking.Ids.Take(k).Count(id => !judged.Contains(id)) / (double)k);
    }

    /// <summary>The measure of one query's results.</summary>
    /// <param name="ranking">The results with their judgments.</param>
    /// <exception cref="ArgumentException">The value is not finite: with exponential gain, 2 to the power of a grade may be too large.</exception>
    public double Of(JudgedRanking ranking) => Of(ranking, "");

    /// <summary>The measure of one query's results.</summary>
    /// <param name="results">What the search returned for the query, in any order; may be empty.</param>
    /// <param name="relevance">The judged documents of the query, at least one of them relevant (above 0).</param>
    /// <exception cref="ArgumentException">No document is relevant, an id is missing or occurs twice, a score is NaN, or the value is not
    /// finite.</exception>
    public double Of(IEnumerable<RankedItem> results, IReadOnlyDictionary<string, int> relevance) => Of(JudgedRanking.Of(results, relevance));

    /// <summary>The same, with whose results they are at the start of the message.</summary>
    internal double Of(JudgedRanking ranking, string whose)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        return _value(ranking) is var value && double.IsFinite(value)
            ? value
            : throw new ArgumentException(
                FormattableString.Invariant($"{whose}{Name} is {value}; expected a finite number. The highest grade is {ranking.BestGrades[0]}."), nameof(ranking));
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static RetrievalMeasure At(int k, string name, Func<JudgedRanking, double> value) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name}@{Require.AtLeast(k, 1)}"), value);

    private static int Relevant(JudgedRanking ranking, int k) => ranking.Grades.Take(k).Count(grade => grade > 0);

    private static double SumOfPrecisions(JudgedRanking ranking, int k)
    {
        var (found, sum) = (0, 0.0);
        for (var rank = 1; rank <= Math.Min(k, ranking.Grades.Count); rank++)
        {
            if (ranking.Grades[rank - 1] > 0)
                sum += ++found / (double)rank;
        }

        return sum;
    }

    private static double DiscountedGain(IEnumerable<int> grades, int k, Gain gain) => grades.Take(k)
        .Select((grade, place) => (gain == Gain.Linear ? grade : Math.Pow(2, grade) - 1) / Math.Log2(place + 2)).Sum();
}
