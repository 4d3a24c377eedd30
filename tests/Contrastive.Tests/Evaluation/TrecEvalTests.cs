using System.Text.Json;
using Contrastive.Evaluation;
using Contrastive.Retrieval;
using Xunit;
using static Contrastive.Evaluation.RetrievalMeasure;

namespace Contrastive.Tests.Evaluation;

/// <summary>What trec_eval itself printed for a run full of ties: Fixtures/trec_eval_reference.py.</summary>
public sealed class TrecEvalTests
{
    private static readonly Dictionary<string, RetrievalMeasure> ByTrecName = new()
    {
        ["map"] = AveragePrecision,
        ["map_cut_2"] = AveragePrecisionAt(2),
        ["map_cut_10"] = AveragePrecisionAt(10),
        ["recip_rank"] = ReciprocalRank,
        ["success_1"] = SuccessAt(1),
        ["success_3"] = SuccessAt(3),
        ["ndcg_cut_1"] = NdcgAt(1),
        ["ndcg_cut_3"] = NdcgAt(3),
        ["ndcg_cut_10"] = NdcgAt(10),
        ["ndcg_cut_100"] = NdcgAt(100),
        ["recall_1"] = RecallAt(1),
        ["recall_5"] = RecallAt(5),
        ["recall_20"] = RecallAt(20),
        ["P_1"] = PrecisionAt(1),
        ["P_5"] = PrecisionAt(5),
        ["P_50"] = PrecisionAt(50),
        ["relative_P_3"] = CappedRecallAt(3),
        ["relative_P_10"] = CappedRecallAt(10),
        ["unj_1"] = HoleAt(1),
        ["unj_5"] = HoleAt(5),
        ["unj_50"] = HoleAt(50),
    };

    [Fact]
    public void Every_query_and_mean_equals_trec_eval()
    {
        using var recorded = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Evaluation/Fixtures/trec_eval.json")));
        var relevance = recorded.RootElement.GetProperty("judgments").EnumerateObject().ToDictionary(
            query => query.Name, query => (IReadOnlyDictionary<string, int>)query.Value.EnumerateObject().ToDictionary(judged => judged.Name, judged => judged.Value.GetInt32()));
        var results = recorded.RootElement.GetProperty("run").EnumerateObject().ToDictionary(
            query => query.Name, query => (IReadOnlyList<RankedItem>)[.. query.Value.EnumerateObject().Select(item => new RankedItem(item.Name, item.Value.GetSingle()))]);
        var report = RetrievalReport.Of(results, relevance, [.. ByTrecName.Values]);
        Assert.Equal(20, report.Queries.Count);
        Assert.Equal(["q4", "q17"], report.QueriesWithoutResults);
        foreach (var query in recorded.RootElement.GetProperty("values").EnumerateObject())
        {
            foreach (var value in query.Value.EnumerateObject())
            {
                var measure = ByTrecName[value.Name].Name;
                Assert.Equal(value.Value.GetDouble(), query.Name == "all" ? report[measure] : report.Scores(measure)[query.Name], 1e-11);
            }
        }
    }
}
