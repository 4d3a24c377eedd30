using Contrastive.Display;
using Contrastive.Evaluation;
using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Evaluation;

public sealed class RetrievalReportTests
{
    private static readonly RetrievalMeasure[] Measures = [RetrievalMeasure.RecallAt(1), RetrievalMeasure.ReciprocalRank];

    private static readonly Dictionary<string, IReadOnlyDictionary<string, int>> Relevance = new()
    {
        ["q1"] = new Dictionary<string, int> { ["a"] = 1 },
        ["q2"] = new Dictionary<string, int> { ["a"] = 1 },
        ["q3"] = new Dictionary<string, int> { ["a"] = 0 },
        ["q4"] = new Dictionary<string, int> { ["a"] = 2, ["b"] = -1 },
    };

    private static readonly Dictionary<string, IReadOnlyList<RankedItem>> Results = new()
    {
        ["q1"] = [new("a", 1)],
        ["q3"] = [new("a", 1)],
        ["q4"] = [new("b", 1), new("a", 0.5f)],
        ["not judged"] = [new("a", 1)],
    };

    [Fact]
    public void Means_count_queries_without_results_and_leave_out_those_without_relevant_documents()
    {
        var report = RetrievalReport.Of(Results, Relevance, Measures);
        Assert.Equal(1 / 3.0, report["Recall@1"], 1e-12);
        Assert.Equal(1.5 / 3, report["MRR"], 1e-12);
        Assert.Equal(["q1", "q2", "q4"], report.Queries);
        Assert.Equal(["q2"], report.QueriesWithoutResults);
        Assert.Equal(["q3"], report.QueriesWithoutRelevant);
        Assert.Equal([1, 0, 0.5], report.Queries.Select(query => report.Scores("MRR")[query]));
        Assert.Equal("Recall@1 0.3333, MRR 0.5000 (3 queries, 1 of them without results)", report.ToString());
    }

    [Fact]
    public void A_cell_shows_the_means_and_each_query_as_tables()
    {
        var report = RetrievalReport.Of(Results, Relevance, Measures);
        Assert.Equal(
            """
            Query  Recall@1  MRR
            ─────  ────────  ───
            q1            1  1.0
            q2            0  0.0
            q4            0  0.5
            """, Table.Of(report.PerQuery()).ToString(), ignoreLineEndingDifferences: true);
        Assert.Contains("Recall@1", Table.Of(report.Means).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_results_at_all_are_0_and_an_empty_list_is_as_none()
    {
        Assert.Equal(0, RetrievalReport.Of(new Dictionary<string, IReadOnlyList<RankedItem>>(), Relevance, Measures)["MRR"]);
        var report = RetrievalReport.Of(new Dictionary<string, IReadOnlyList<RankedItem>> { ["q1"] = [] }, Relevance, Measures);
        Assert.Equal(["q1", "q2", "q4"], report.QueriesWithoutResults);
    }

    [Fact]
    public void The_querys_own_id_is_left_out_on_request_as_in_BEIR()
    {
        var results = new Dictionary<string, IReadOnlyList<RankedItem>> { ["q1"] = [new("q1", 9), new("a", 1)], ["q2"] = [new("q2", 9)] };
        Assert.Equal(0.5 / 3, RetrievalReport.Of(results, Relevance, Measures)["MRR"], 1e-12);
        var without = RetrievalReport.Of(results, Relevance, Measures, leaveOutQueryId: true);
        Assert.Equal(1 / 3.0, without["MRR"], 1e-12);
        Assert.Equal(["q2", "q4"], without.QueriesWithoutResults);
    }

    [Fact]
    public void Bad_input_is_refused_with_the_query()
    {
        BadInput.Refused("Query 'q4': 'a' occurs 2 times", () => RetrievalReport.Of(new Dictionary<string, IReadOnlyList<RankedItem>> { ["q4"] = [new("a", 1), new("a", 2)] }, Relevance, Measures));
        BadInput.Refused("Query 'q1': The score of 'a' is NaN", () => RetrievalReport.Of(new Dictionary<string, IReadOnlyList<RankedItem>> { ["q1"] = [new("a", float.NaN)] }, Relevance, Measures));
        BadInput.Refused("None of the queries with results was judged: '7'", () => RetrievalReport.Of(new Dictionary<string, IReadOnlyList<RankedItem>> { ["7"] = [new("a", 1)] }, Relevance, Measures));
        BadInput.Refused("nothing to measure", () => RetrievalReport.Of(Results, new Dictionary<string, IReadOnlyDictionary<string, int>>(), Measures));
        BadInput.Refused("There is no measure", () => RetrievalReport.Of(Results, Relevance, []));
        BadInput.Refused("MRR occurs 2 times", () => RetrievalReport.Of(Results, Relevance, [RetrievalMeasure.ReciprocalRank, RetrievalMeasure.ReciprocalRank]));
        BadInput.Refused("Query 'q1': odd is NaN; expected a finite number", () => RetrievalReport.Of(Results, Relevance, [new("odd", _ => double.NaN)]));
        BadInput.Refused("Query 'q4': its results are null", () => RetrievalReport.Of(new Dictionary<string, IReadOnlyList<RankedItem>> { ["q1"] = [], ["q4"] = null! }, Relevance, Measures));
        BadInput.Refused("Query 'q5': its judgments are null", () => RetrievalReport.Of(Results, Relevance.Append(new("q5", null!)).ToDictionary(), Measures));
        BadInput.Refused("measures[1] is null", () => RetrievalReport.Of(Results, Relevance, [RetrievalMeasure.ReciprocalRank, null!]));
        BadInput.Refused("'MAP' was not measured. There are: Recall@1, MRR", () => RetrievalReport.Of(Results, Relevance, Measures).Scores("MAP"));
    }
}
