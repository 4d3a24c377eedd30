using System.Globalization;
using Contrastive.Retrieval;
using Microsoft.Data.Analysis;

namespace Contrastive.Evaluation;

/// <summary>
/// A run measured query by query. A judged query without results counts as 0 in every measure (trec_eval's <c>-c</c>); one without any relevant
/// document is left out; results for a query that was not judged are ignored.
/// <para>pytrec_eval, and so BEIR's nDCG, MAP, recall and precision, averages over the judged queries that are in the run: a query for which a
/// search found nothing raises its means. trec_eval and pytrec_eval count a query without any relevant document as 0. Where every judged query
/// has results and a relevant document, all agree.</para>
/// <code>
/// var report = RetrievalReport.Of(results, relevance, [RetrievalMeasure.NdcgAt(10), RetrievalMeasure.RecallAt(100)]);
/// </code>
/// </summary>
public sealed class RetrievalReport
{
    private readonly Dictionary<string, Dictionary<string, double>> _scores;

    private RetrievalReport(
        IReadOnlyList<RetrievalMeasure> measures, Dictionary<string, Dictionary<string, double>> scores,
        IReadOnlyList<string> queries, IReadOnlyList<string> withoutResults, IReadOnlyList<string> withoutRelevant)
    {
        (_scores, Queries, QueriesWithoutResults, QueriesWithoutRelevant) = (scores, queries, withoutResults, withoutRelevant);
        Means = [.. measures.Select(measure => new MeasureMean(measure.Name, queries.Average(query => scores[measure.Name][query])))];
    }

    /// <summary>The queries that count, in the order of the judgments.</summary>
    public IReadOnlyList<string> Queries { get; }

    /// <summary>Those of <see cref="Queries"/> for which nothing was found.</summary>
    public IReadOnlyList<string> QueriesWithoutResults { get; }

    /// <summary>The judged queries that were left out because no document is relevant to them.</summary>
    public IReadOnlyList<string> QueriesWithoutRelevant { get; }

    /// <summary>The mean of each measure over <see cref="Queries"/>, in the order asked for.</summary>
    public IReadOnlyList<MeasureMean> Means { get; }

    /// <summary>The mean of a measure.</summary>
    /// <param name="measure">Its name.</param>
    /// <exception cref="ArgumentException">It was not measured.</exception>
    public double this[string measure] => Means.FirstOrDefault(mean => mean.Measure == measure)?.Mean ?? throw NotMeasured(measure);

    /// <summary>Measures a run.</summary>
    /// <param name="results">The results of each query, by the query's id, in any order.</param>
    /// <param name="relevance">The judged documents of each query, by the query's id; above 0 is relevant.</param>
    /// <param name="measures">What to measure.</param>
    /// <param name="leaveOutQueryId">Whether a result whose id is the query's own is left out first, as BEIR does where queries are
    /// documents of the corpus (ArguAna, Quora). Search for one more than the largest k then. <value>The default is false.</value></param>
    /// <exception cref="ArgumentException">No query has a relevant document, none of the results' queries was judged, there is no measure or
    /// two of one name, a list is null, an id is missing or occurs twice among a query's results, a score is NaN, or a measure is not finite; the message names the query.</exception>
    public static RetrievalReport Of(
        IReadOnlyDictionary<string, IReadOnlyList<RankedItem>> results,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> relevance,
        IReadOnlyList<RetrievalMeasure> measures,
        bool leaveOutQueryId = false)
    {
        Check(results, relevance, measures);
        var judged = relevance.ToLookup(query => query.Value.Values.Any(grade => grade > 0));
        if (!judged[true].Any())
            throw new ArgumentException("No query has a relevant document; there is nothing to measure.", nameof(relevance));
        if (results.Count > 0 && !results.Keys.Any(relevance.ContainsKey))
        {
            throw new ArgumentException(
                $"None of the queries with results was judged: '{results.Keys.First()}' is not among '{relevance.Keys.First()}', …", nameof(results));
        }

        var scores = measures.ToDictionary(measure => measure.Name, _ => new Dictionary<string, double>(StringComparer.Ordinal), StringComparer.Ordinal);
        var without = new List<string>();
        foreach (var (query, grades) in judged[true])
        {
            RankedItem[] found = [.. results.GetValueOrDefault(query, []).Where(item => !leaveOutQueryId || item.Id != query)];
            if (found.Length == 0)
                without.Add(query);
            var ranking = JudgedRanking.Of(found, grades, $"Query '{query}': ");
            foreach (var measure in measures)
                scores[measure.Name][query] = found.Length == 0 ? 0 : measure.Of(ranking, $"Query '{query}': ");
        }

        return new RetrievalReport(measures, scores, [.. judged[true].Select(query => query.Key)], without, [.. judged[false].Select(query => query.Key)]);
    }

    /// <summary>A measure query by query, by the query's id: what <see cref="PairedTest"/> compares.</summary>
    /// <param name="measure">Its name.</param>
    /// <exception cref="ArgumentException">It was not measured.</exception>
    public IReadOnlyDictionary<string, double> Scores(string measure) => _scores.TryGetValue(measure, out var scores) ? scores : throw NotMeasured(measure);

    /// <summary>A table for a cell: a row for each query, a column <c>Query</c> of their ids and one for each measure.</summary>
    public DataFrame PerQuery()
    {
        var frame = new DataFrame(new StringDataFrameColumn("Query", Queries));
        foreach (var mean in Means)
            frame.Columns.Add(new DoubleDataFrameColumn(mean.Measure, Queries.Select(query => _scores[mean.Measure][query])));
        return frame;
    }

    /// <summary>The means in one line, with the number of queries: <c>nDCG@10 0.3254, MRR 0.5312 (323 queries, 2 of them without results)</c>.</summary>
    public override string ToString()
    {
        var missing = QueriesWithoutResults.Count == 0 ? "" : FormattableString.Invariant($", {QueriesWithoutResults.Count} of them without results");
        return FormattableString.Invariant($"{string.Join(", ", Means)} ({Queries.Count} {(Queries.Count == 1 ? "query" : "queries")}{missing})");
    }

    private static void Check(
        IReadOnlyDictionary<string, IReadOnlyList<RankedItem>> results, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> relevance,
        IReadOnlyList<RetrievalMeasure> measures)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(relevance);
        ArgumentNullException.ThrowIfNull(measures);
        if (measures.Count == 0)
            throw new ArgumentException("There is no measure; name at least one, such as RetrievalMeasure.NdcgAt(10).", nameof(measures));
        if (measures.ToList().IndexOf(null!) is var missing and >= 0)
            throw new ArgumentException(FormattableString.Invariant($"measures[{missing}] is null; expected a measure."), nameof(measures));
        foreach (var (query, _) in results.Where(query => query.Value is null))
            throw new ArgumentException($"Query '{query}': its results are null; expected a list, which may be empty.", nameof(results));
        foreach (var (query, _) in relevance.Where(query => query.Value is null))
            throw new ArgumentException($"Query '{query}': its judgments are null; expected grades by the documents' ids.", nameof(relevance));
        if (measures.GroupBy(measure => measure.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"{twice.Key} occurs {twice.Count()} times among the measures; each name may occur only once.", nameof(measures));
    }

    private ArgumentException NotMeasured(string measure) => new($"'{measure}' was not measured. There are: {string.Join(", ", Means.Select(mean => mean.Measure))}.", nameof(measure));
}

/// <summary>The mean of a measure over the queries of a run.</summary>
/// <param name="Measure">The measure's name.</param>
/// <param name="Mean">Its mean.</param>
public sealed record MeasureMean(string Measure, double Mean)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Measure} {Mean:F4}");
}
