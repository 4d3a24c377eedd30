using Contrastive.Evaluation;
using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using Xunit;
using static Contrastive.Evaluation.RetrievalMeasure;

namespace Contrastive.Tests.Evaluation;

public sealed class RetrievalMeasureTests
{
    private static readonly Dictionary<string, int> Relevance = new() { ["a"] = 3, ["b"] = 0, ["c"] = 1, ["d"] = 2, ["never found"] = 1, ["spam"] = -2 };

    private static readonly RankedItem[] Results = [new("c", 0.5f), new("b", 0.9f), new("spam", 0.8f), new("a", 0.7f), new("d", 0.5f), new("x", 0.1f)];

    // By score, then id descending: b (0), spam (−2 → 0), a (3), d (2), c (1), x (not judged).
    [Fact]
    public void Shares_and_ranks_equal_hand_computed_values()
    {
        Is(0, RecallAt(2));
        Is(2 / 4.0, RecallAt(4));
        Is(3 / 4.0, RecallAt(100));
        Is(0, SuccessAt(2));
        Is(1, SuccessAt(3));
        Is(1 / 3.0, ReciprocalRankAt(10));
        Is(1 / 3.0, ReciprocalRank);
        Is(0, ReciprocalRankAt(2));
        Is(1 / 3.0, PrecisionAt(3));
        Is(3 / 100.0, PrecisionAt(100));
        Is(1 / 3.0, CappedRecallAt(3));
        Is(3 / 4.0, CappedRecallAt(5));
    }

    [Fact]
    public void Average_precision_equals_hand_computed_values_and_divides_by_all_relevant_documents()
    {
        Is(((1 / 3.0) + (2 / 4.0) + (3 / 5.0)) / 4, AveragePrecision);
        Is(((1 / 3.0) + (2 / 4.0)) / 4, AveragePrecisionAt(4));
        Is(0, AveragePrecisionAt(2));
    }

    [Fact]
    public void NDCG_equals_hand_computed_values_with_linear_and_exponential_gain()
    {
        var linear = (3 / 2.0) + (2 / Math.Log2(5)) + (1 / Math.Log2(6));
        var ideal = 3 + (2 / Math.Log2(3)) + (1 / 2.0) + (1 / Math.Log2(5));
        Is(linear / ideal, NdcgAt(10));
        Is(3 / 2.0 / (3 + (2 / Math.Log2(3)) + 0.5), NdcgAt(3));
        var exponential = (7 / 2.0) + (3 / Math.Log2(5)) + (1 / Math.Log2(6));
        Is(exponential / (7 + (3 / Math.Log2(3)) + 0.5 + (1 / Math.Log2(5))), NdcgAt(10, Gain.Exponential));
    }

    [Fact]
    public void Holes_are_results_that_nobody_judged_and_a_judgment_below_0_is_none()
    {
        Is(0, HoleAt(1));
        Is(1 / 5.0, HoleAt(5));
        Is(2 / 6.0, HoleAt(6));
        Is(2 / 10.0, HoleAt(10));
        Is(0, CorpusHoleAt(10, new HashSet<string>(Relevance.Keys) { "x" }));
        Is(2 / 6.0, CorpusHoleAt(6, Relevance.Keys.Where(id => id != "a").ToHashSet()));
    }

    [Fact]
    public void The_best_order_has_nDCG_1_and_the_order_of_passing_does_not_matter()
    {
        RankedItem[] best = [new("a", 9), new("d", 8), new("c", 7), new("never found", 6)];
        foreach (var measure in new[] { NdcgAt(10), AveragePrecision, ReciprocalRank, CappedRecallAt(2) })
        {
            Assert.Equal(1, measure.Of(best, Relevance), 1e-12);
            Assert.Equal(1, measure.Of(best.Reverse(), Relevance), 1e-12);
        }
    }

    [Fact]
    public void Among_equal_scores_the_greater_id_comes_first_as_in_trec_eval()
    {
        string[] ids = ["doc10", "doc2", "doc9", "doc", "é", "\ufffd", "\U0001f600"];
        var ranking = JudgedRanking.Of(ids.Select(id => new RankedItem(id, 1)).Append(new("first", 1.0000001f)), new Dictionary<string, int> { ["doc10"] = 1 });
        Assert.Equal(["first", "\U0001f600", "\ufffd", "é", "doc9", "doc2", "doc10", "doc"], ranking.Ids);
        Assert.Equal(7, ranking.FirstRelevant());
    }

    [Fact]
    public void Nothing_found_is_0_in_every_measure()
    {
        foreach (var measure in new[] { NdcgAt(10), RecallAt(5), PrecisionAt(5), CappedRecallAt(5), SuccessAt(1), ReciprocalRank, ReciprocalRankAt(3), AveragePrecision, AveragePrecisionAt(2), HoleAt(3) })
            Assert.Equal(0, measure.Of([], Relevance));
    }

    [Fact]
    public void Names_are_those_of_papers()
    {
        Assert.Equal(
            ["nDCG@10", "nDCGexp@5", "Recall@1000", "R_cap@100", "P@1", "Success@20", "MRR@10", "MRR", "MAP", "MAP@100", "Hole@10", "CorpusHole@10"],
            new[] { NdcgAt(10), NdcgAt(5, Gain.Exponential), RecallAt(1000), CappedRecallAt(100), PrecisionAt(1), SuccessAt(20), ReciprocalRankAt(10), ReciprocalRank, AveragePrecision, AveragePrecisionAt(100), HoleAt(10), CorpusHoleAt(10, new HashSet<string>()) }
                .Select(measure => measure.Name));
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        BadInput.Refused("k is 0", () => RecallAt(0));
        BadInput.Refused("gain is 7", () => NdcgAt(3, (Gain)7));
        BadInput.Refused("no name", () => new RetrievalMeasure(" ", _ => 0).Of([], Relevance));
        BadInput.Refused("leave the query out", () => NdcgAt(3).Of(Results, new Dictionary<string, int> { ["a"] = 0 }));
        BadInput.Refused("'a' occurs 2 times", () => RecallAt(3).Of([new("a", 1), new("a", 2)], Relevance));
        BadInput.Refused("'c' is NaN", () => RecallAt(3).Of([new("a", 1), new("c", float.NaN)], Relevance));
        BadInput.Refused("nDCGexp@3 is NaN; expected a finite number", () => NdcgAt(3, Gain.Exponential).Of(Results, new Dictionary<string, int> { ["a"] = 2000 }));
        BadInput.Refused("odd is -Infinity", () => new RetrievalMeasure("odd", _ => double.NegativeInfinity).Of(JudgedRanking.Of(Results, Relevance)));
        BadInput.Refused("score 1.5 has no id", () => RecallAt(3).Of([new(null!, 1.5f)], Relevance));
    }

    private static void Is(double expected, RetrievalMeasure measure) => Assert.Equal(expected, measure.Of(Results, Relevance), 1e-12);
}
