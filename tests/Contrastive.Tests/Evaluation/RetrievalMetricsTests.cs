using Contrastive.Evaluation;
using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Evaluation;

public sealed class RetrievalMetricsTests
{
    private static readonly Dictionary<string, int> Relevance = new() { ["a"] = 3, ["b"] = 0, ["c"] = 1, ["d"] = 2, ["never found"] = 1, ["spam"] = -2 };

    private static readonly RankedItem[] Results = [new("c", 0.5f), new("b", 0.9f), new("spam", 0.8f), new("a", 0.7f), new("d", 0.5f), new("x", 0.1f)];

    // By score, then id descending: b (0), spam (−2 → 0), a (3), d (2), c (1), x (not judged).
    [Fact]
    public void Equal_hand_computed_values()
    {
        Assert.Equal(0, RetrievalMetrics.RecallAt(2, Results, Relevance));
        Assert.Equal(2 / 4.0, RetrievalMetrics.RecallAt(4, Results, Relevance));
        Assert.Equal(3 / 4.0, RetrievalMetrics.RecallAt(100, Results, Relevance));
        Assert.Equal(0, RetrievalMetrics.SuccessAt(2, Results, Relevance));
        Assert.Equal(1, RetrievalMetrics.SuccessAt(3, Results, Relevance));
        Assert.Equal(1 / 3.0, RetrievalMetrics.ReciprocalRankAt(10, Results, Relevance));
        Assert.Equal(0, RetrievalMetrics.ReciprocalRankAt(2, Results, Relevance));
        var linear = (3 / 2.0) + (2 / Math.Log2(5)) + (1 / Math.Log2(6));
        var ideal = 3 + (2 / Math.Log2(3)) + (1 / 2.0) + (1 / Math.Log2(5));
        Assert.Equal(linear / ideal, RetrievalMetrics.NdcgAt(10, Results, Relevance), 1e-12);
        Assert.Equal(3 / 2.0 / (3 + (2 / Math.Log2(3)) + 0.5), RetrievalMetrics.NdcgAt(3, Results, Relevance), 1e-12);
        var exponential = (7 / 2.0) + (3 / Math.Log2(5)) + (1 / Math.Log2(6));
        Assert.Equal(
            exponential / (7 + (3 / Math.Log2(3)) + 0.5 + (1 / Math.Log2(5))), RetrievalMetrics.NdcgAt(10, Results, Relevance, Gain.Exponential), 1e-12);
    }

    [Fact]
    public void The_best_order_has_nDCG_1_and_the_order_of_passing_does_not_matter()
    {
        RankedItem[] best = [new("a", 9), new("d", 8), new("c", 7), new("never found", 6)];
        Assert.Equal(1, RetrievalMetrics.NdcgAt(10, best, Relevance), 1e-12);
        Assert.Equal(1, RetrievalMetrics.NdcgAt(10, best.Reverse(), Relevance), 1e-12);
    }

    [Fact]
    public void Among_equal_scores_the_greater_id_comes_first_as_in_trec_eval()
    {
        var relevance = new Dictionary<string, int> { ["doc10"] = 1 };
        Assert.Equal(1 / 3.0, RetrievalMetrics.ReciprocalRankAt(10, [new("doc10", 1), new("doc2", 1), new("doc9", 1)], relevance));
    }

    [Fact]
    public void The_mean_counts_queries_without_results_and_leaves_out_those_without_relevant_documents()
    {
        var results = new Dictionary<string, IReadOnlyList<RankedItem>> { ["q1"] = [new("a", 1)], ["q3"] = [new("a", 1)], ["not judged"] = [new("a", 1)] };
        var relevance = new Dictionary<string, IReadOnlyDictionary<string, int>>
        {
            ["q1"] = new Dictionary<string, int> { ["a"] = 1 },
            ["q2"] = new Dictionary<string, int> { ["a"] = 1 },
            ["q3"] = new Dictionary<string, int> { ["a"] = 0 },
        };
        Assert.Equal(0.5, RetrievalMetrics.Mean(results, relevance, (found, judged) => RetrievalMetrics.RecallAt(1, found, judged)));
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        BadInput.Refused("k is 0", () => RetrievalMetrics.RecallAt(0, Results, Relevance));
        BadInput.Refused("leave the query out", () => RetrievalMetrics.NdcgAt(3, Results, new Dictionary<string, int> { ["a"] = 0 }));
        BadInput.Refused("'a' occurs 2 times", () => RetrievalMetrics.RecallAt(3, [new("a", 1), new("a", 2)], Relevance));
        BadInput.Refused("'c' is NaN", () => RetrievalMetrics.RecallAt(3, [new("a", 1), new("c", float.NaN)], Relevance));
    }
}
