using Contrastive.Retrieval;
using Contrastive.Sampling;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Sampling;

public sealed class NegativeChoiceTests
{
    private static readonly Dictionary<string, Passage> Passages =
        Enumerable.Range(0, 20).Select(i => new Passage($"p{i}", "", $"number {i}")).ToDictionary(passage => passage.Id);

    private static readonly RankedItem[] Found = [.. Enumerable.Range(0, 20).Select(i => new RankedItem($"p{i}", -i))];

    private static readonly MiningOptions Random = new() { Count = 3, Choice = NegativeChoice.Random, Seed = 5 };

    private static MinedQuestion[] Mine(MiningOptions options, params string[] questions) => [.. HardNegativeMining.Mine(
        new FixedRetriever([.. questions.Select(_ => Found)]), [.. questions.Select(text => new MiningQuestion(text, ["p7"], []))], Passages, options).Questions];

    [Fact]
    public void Random_negatives_are_distinct_and_in_the_order_of_the_search()
    {
        foreach (var mined in Mine(Random, [.. Enumerable.Range(0, 50).Select(i => $"question {i}")]))
        {
            Assert.Equal(3, mined.Negatives.Distinct().Count());
            Assert.Equal(mined.Negatives.OrderByDescending(item => item.Score), mined.Negatives);
            Assert.DoesNotContain("p7", mined.Negatives.Select(item => item.Id));
        }
    }

    [Fact]
    public void Random_negatives_depend_on_the_seed_and_the_question_and_not_on_the_other_questions()
    {
        var together = Mine(Random, "first", "second", "third", "first");
        Assert.Equal(together[1].Negatives, Mine(Random, "second")[0].Negatives);
        Assert.Equal(together[2].Negatives, Mine(Random, "third", "second")[0].Negatives);
        Assert.Equal(together[0].Negatives, together[3].Negatives);
        Assert.NotEqual(together[0].Negatives, together[1].Negatives);
        Assert.NotEqual(together[0].Negatives, Mine(Random with { Seed = 6 }, "first")[0].Negatives);
    }

    [Fact]
    public void Each_candidate_that_fits_is_drawn_equally_often()
    {
        var mined = Mine(Random, [.. Enumerable.Range(0, 4000).Select(i => $"question {i}")]);
        var counts = mined.SelectMany(question => question.Negatives).CountBy(item => item.Id).Select(pair => (double)pair.Value).ToArray();
        Assert.Equal(19, counts.Length);
        Assert.InRange(Drawn.ChiSquare(counts, Enumerable.Repeat(4000 * 3 / 19.0, 19)), 0.2, 2.2);
    }

    [Fact]
    public void Where_no_more_fit_than_asked_for_both_choices_take_all() =>
        Assert.Equal(Mine(new MiningOptions { Count = 40 }, "x")[0].Negatives, Mine(Random with { Count = 40 }, "x")[0].Negatives);

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        BadInput.Refused("Count is 0; expected at least 1", () => _ = new MiningOptions { Count = 0 });
        BadInput.Refused("FirstRank is 0", () => _ = new MiningOptions { FirstRank = 0 });
        BadInput.Refused("LastRank is 0", () => _ = new MiningOptions { LastRank = 0 });
        BadInput.Refused("MinimumScore is NaN", () => _ = new MiningOptions { MinimumScore = double.NaN });
        BadInput.Refused("MaximumScore is Infinity", () => _ = new MiningOptions { MaximumScore = double.PositiveInfinity });
        BadInput.Refused("Margin is -1", () => _ = new MiningOptions { Margin = -1 });
        BadInput.Refused("RelativeMargin is -0.1", () => _ = new MiningOptions { RelativeMargin = -0.1 });
        BadInput.Refused("Choice is 9; expected Hardest or Random", () => _ = new MiningOptions { Choice = (NegativeChoice)9 });
        BadInput.Refused("FirstRank is 5; expected 1 to 4: up to LastRank", () => Mine(new MiningOptions { FirstRank = 5, LastRank = 4 }, "x"));
        BadInput.Refused("MinimumScore is 2; expected at most MaximumScore, 1", () => Mine(new MiningOptions { MinimumScore = 2, MaximumScore = 1 }, "x"));
    }
}
