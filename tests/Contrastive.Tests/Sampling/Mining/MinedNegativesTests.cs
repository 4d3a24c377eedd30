using Contrastive.Display;
using Contrastive.Retrieval;
using Contrastive.Sampling;
using Xunit;

namespace Contrastive.Tests.Sampling;

public sealed class MinedNegativesTests
{
    private static readonly Dictionary<string, Passage> Passages = new[]
    {
        new Passage("gold", "", "bees fly"), new Passage("copy", "", "bees fly"), new Passage("a", "", "wolves"), new Passage("b", "", "elks"), new Passage("c", "", "cats"), new Passage("d", "", "ants"),
        new Passage("elks", "", "elks"), new Passage("e", "", "eels"),
    }.ToDictionary(passage => passage.Id);

    private static MinedNegatives Mine(MiningOptions options, params (string Id, float Score)[][] results) => HardNegativeMining.Mine(
        new FixedRetriever([.. results.Select(items => items.Select(item => new RankedItem(item.Id, item.Score)).ToArray())]),
        [.. results.Select((_, place) => new MiningQuestion($"question {place}", ["gold"], ["cats"]))], Passages, options);

    private static MinedNegatives Example() => Mine(
        new MiningOptions { Count = 2, Margin = 1, MinimumScore = 0.5 },
        [("gold", 9), ("copy", 9), ("a", 8.5f), ("b", 6), ("c", 5), ("d", 4), ("e", 3), ("elks", 2)],
        [("a", 7), ("gold", 5), ("b", 3), ("d", 0.25f)],
        [("a", 7), ("b", 5)],
        [],
        [("a", 7), ("b", 6), ("gold", 5)],
        [("gold", 2), ("c", 1), ("copy", 1)],
        [("d", 1)]);

    [Fact]
    public void Says_the_essential_in_a_line()
    {
        Assert.Equal(
            "3 negatives for 7 questions: 1 with all 2, 1 with fewer, 5 with none. Median score 5 of 4 positives found, 4 of the negatives.", Example().ToString());
        Assert.Equal(
            "1 negative for 1 question: 1 with one, 0 with none. Median score – of 0 positives found, 0.3333 of the negatives.",
            Mine(new MiningOptions(), [("a", 1 / 3f), ("b", 0)]).ToString());
        Assert.Equal("0 negatives for 0 questions: 0 with one, 0 with none. Median score – of 0 positives found, – of the negatives.", Mine(new MiningOptions()).ToString());
    }

    [Fact]
    public void Shows_how_the_scores_are_distributed() => Assert.Equal(
        """
        Scores
        Score                Count   Mean    P5   P25  Median  P75  P95
        ───────────────────  ─────  ─────  ────  ────  ──────  ───  ───
        positives                4  5.250  2.45  4.25       5    6  8.4
        negatives                3  4.333  3.10  3.50       4    5  5.8
        positive − negative      3  3.333  2.10  2.50       3    4  4.8
        """,
        Table.Of(Example().Scores(), "Scores").ToString(), ignoreLineEndingDifferences: true);

    [Fact]
    public void Shows_why_there_are_not_more() => Assert.Equal(
        """
        Why
        Among       What                                             Count    Share
        ──────────  ───────────────────────────────────────────────  ─────  ───────
        questions   with all 2 negatives                                 1  0.14286
        questions   with fewer                                           1  0.14286
        questions   with none                                            5  0.71429
        questions   with none, mainly: no positive found                 2  0.28571
        questions   with none, mainly: holds an answer                   1  0.14286
        questions   with none, mainly: nothing found at these ranks      1  0.14286
        questions   with none, mainly: too near the positive             1  0.14286
        candidates  chosen                                               3  0.14286
        candidates  fit, not needed                                      1  0.04762
        candidates  left out: a positive itself                          4  0.19048
        candidates  left out: same text as a positive                    2  0.09524
        candidates  left out: holds an answer                            2  0.09524
        candidates  left out: score out of bounds                        1  0.04762
        candidates  left out: too near the positive                      7  0.33333
        candidates  left out: same text as a better candidate            1  0.04762
        """,
        Table.Of(Example().Reasons(), "Why").ToString(), ignoreLineEndingDifferences: true);

    [Fact]
    public void Differences_are_those_within_a_question()
    {
        var scores = Mine(new MiningOptions { Count = 2 }, [("gold", 9), ("a", 8), ("b", 5)], [("a", 7)], [("a", 3), ("gold", 1)]).Scores();
        Assert.Equal(["positives", "negatives", "positive − negative"], scores.Select(row => row.Score));
        Assert.Equal([2, 4, 3], scores.Select(row => row.Count));
        Assert.Equal([5.0, 5.75, 1.0], scores.Select(row => row.Mean)); // (9 + 1) / 2, (8 + 5 + 7 + 3) / 4, (1 + 4 − 2) / 3
        Assert.Equal([5.0, 6.0, 1.0], scores.Select(row => row.Median));
        Assert.Equal(-1.7, scores[2].P5!.Value, 1e-12);
    }

    [Fact]
    public void Without_scores_a_row_has_only_its_count() =>
        Assert.All(Mine(new MiningOptions()).Scores(), row => Assert.Equal(new ScoreDistribution(row.Score, 0, null, null, null, null, null, null), row));

    [Fact]
    public void Shares_without_a_candidate_are_zero() => Assert.All(Mine(new MiningOptions(), []).Reasons(), row => Assert.Equal(row.Count, row.Share));
}
