using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Retrieval;

public sealed class ReciprocalRankFusionTests
{
    [Fact]
    public void A_hand_computed_case_comes_out_as_the_equation_says()
    {
        var fused = ReciprocalRankFusion.Fuse([List("a", "b", "c"), List("c", "d")], 10);
        Assert.Equal(["c", "a", "b", "d"], fused.Select(item => item.Id)); // b and d were second in one system each
        Assert.Equal([1 / 63.0 + 1 / 61.0, 1 / 61.0, 1 / 62.0, 1 / 62.0], fused.Select(item => (double)item.Score), (x, y) => Math.Abs(x - y) < 1e-8);
    }

    [Fact]
    public void Agrees_with_loops_on_random_lists()
    {
        var random = new Random(3);
        for (var repeat = 0; repeat < 100; repeat++)
        {
            IReadOnlyList<RankedItem>[] systems = [.. Enumerable.Range(0, 1 + random.Next(4)).Select(_ =>
            {
                var ids = Enumerable.Range(0, 30).Select(i => $"d{i}").ToArray();
                random.Shuffle(ids);
                return List(ids[..random.Next(30)]);
            })];
            double[] weights = [.. systems.Select(_ => 0.5 + random.NextDouble())];
            var fused = ReciprocalRankFusion.Fuse(systems, 100, 7, weights);
            var expected = new Dictionary<string, double>();
            for (var s = 0; s < systems.Length; s++)
            {
                for (var rank = 1; rank <= systems[s].Count; rank++)
                    expected[systems[s][rank - 1].Id] = expected.GetValueOrDefault(systems[s][rank - 1].Id) + weights[s] / (7 + rank);
            }

            Assert.Equal(expected.Count, fused.Count);
            Assert.All(fused, item => Assert.Equal(expected[item.Id], item.Score, 1e-7));
            Assert.Equal(fused.Select(item => item.Score).OrderDescending(), fused.Select(item => item.Score));
            Assert.Equal(fused.Take(5), ReciprocalRankFusion.Fuse(systems, 5, 7, weights));
        }
    }

    [Fact]
    public void Equal_scores_are_ordered_by_the_best_rank_and_then_by_id()
    {
        // With k = 0: y and z were first in one system, 1; a was second in both, 1/2 + 1/2.
        Assert.Equal(["y", "z", "a"], Ids(ReciprocalRankFusion.Fuse([List("z", "a"), List("y", "a")], 3, 0)));
        Assert.Equal(["B", "a"], Ids(ReciprocalRankFusion.Fuse([List("a"), List("B")], 3)));
    }

    [Fact]
    public void The_same_ranks_in_other_systems_are_a_tie_to_the_last_digit()
    {
        string[] ids = ["f", "e", "d", "c", "b", "a"];
        // Each of the six documents has the ranks 1, 2 … 6 once, in another order of the systems.
        IReadOnlyList<RankedItem>[] systems = [.. Enumerable.Range(0, 6).Select(s => List([.. Enumerable.Range(0, 6).Select(i => ids[(i + s) % 6])]))];
        var fused = ReciprocalRankFusion.Fuse(systems, 6);
        Assert.Equal(["a", "b", "c", "d", "e", "f"], Ids(fused));
        Assert.Single(fused.Select(item => item.Score).Distinct());
    }

    [Fact]
    public void Scores_of_the_systems_do_not_matter_only_their_order()
    {
        var scaled = List("a", "b", "c").Select(item => item with { Score = -1000 * item.Score }).ToArray();
        Assert.Equal(ReciprocalRankFusion.Fuse([List("a", "b", "c"), List("b")], 3), ReciprocalRankFusion.Fuse([scaled, List("b")], 3));
    }

    [Fact]
    public void Many_queries_are_fused_one_by_one()
    {
        IReadOnlyList<IReadOnlyList<RankedItem>> first = [List("a", "b"), List(), List("x")], second = [List("b"), List(), List("y", "x")];
        var fused = ReciprocalRankFusion.Fuse([first, second], 2);
        Assert.Equal(3, fused.Count);
        for (var query = 0; query < 3; query++)
            Assert.Equal(ReciprocalRankFusion.Fuse([first[query], second[query]], 2), fused[query]);
        Assert.Empty(fused[1]);
        BadInput.Refused("systems[1] answered 1 queries, systems[0] 3", () => ReciprocalRankFusion.Fuse([first, [List("a")]], 2));
        BadInput.Refused("systems[1][2] has 'y' twice", () => ReciprocalRankFusion.Fuse([first, [List(), List(), List("y", "y")]], 2));
    }

    [Fact]
    public void Bad_input_is_refused_by_name()
    {
        BadInput.Refused("systems[1] has 'a' twice", () => ReciprocalRankFusion.Fuse([List("a"), List("a", "b", "a")], 2));
        BadInput.Refused("no system", () => ReciprocalRankFusion.Fuse((IReadOnlyList<IReadOnlyList<RankedItem>>)[], 2));
        BadInput.Refused("are null", () => ReciprocalRankFusion.Fuse((IReadOnlyList<IReadOnlyList<RankedItem>>)[null!], 2));
        BadInput.Refused("topK is 0", () => ReciprocalRankFusion.Fuse([List("a")], 0));
        BadInput.Refused("constant is -1", () => ReciprocalRankFusion.Fuse([List("a")], 1, -1));
        BadInput.Refused("2 weights for 1 systems", () => ReciprocalRankFusion.Fuse([List("a")], 1, 60, [1, 1]));
        BadInput.Refused("weights[0] is 0", () => ReciprocalRankFusion.Fuse([List("a")], 1, 60, [0]));
    }

    private static IReadOnlyList<RankedItem> List(params string[] ids) => [.. ids.Select((id, place) => new RankedItem(id, 100 - place))];

    private static IEnumerable<string> Ids(IReadOnlyList<RankedItem> items) => items.Select(item => item.Id);
}
