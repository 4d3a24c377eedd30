using Contrastive.Sampling;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Sampling;

public sealed class WeakSignalTests
{
    private static readonly int[][] Sessions = [[0, 1, 2], [1, 0], [2, 0, 2, 1], [0, 3], [3, 0], [4], [2, 1, 2]];

    private static (int, int, double)[] All(WeightedPairs pairs) => [.. Enumerable.Range(0, pairs.Count).Select(i => pairs[i])];

    [Fact]
    public void Counts_sessions_in_which_both_occur()
    {
        var pairs = CoOccurrence.Pairs(Sessions, PairWeight.Count, minimumCount: 1);
        Assert.Equal([(0, 1, 3), (0, 2, 2), (0, 3, 2), (1, 2, 3)], All(pairs));
        Assert.Equal([(0, 1, 3), (1, 2, 3)], All(CoOccurrence.Pairs(Sessions, PairWeight.Count, minimumCount: 3)));
    }

    [Fact]
    public void A_window_of_one_pairs_neighbors_only()
    {
        var pairs = CoOccurrence.Pairs(Sessions, PairWeight.Count, window: 1, minimumCount: 1);
        Assert.Equal([(0, 1, 2), (0, 2, 1), (0, 3, 2), (1, 2, 3)], All(pairs));
    }

    [Fact]
    public void Popular_items_weigh_less_by_cosine_and_by_information()
    {
        // c(0) = 3 + 2 + 2 = 7, c(1) = 6, c(2) = 5, c(3) = 2, C = 20
        var cosine = All(CoOccurrence.Pairs(Sessions, PairWeight.Cosine, minimumCount: 1));
        Assert.Equal([3 / Math.Sqrt(42), 2 / Math.Sqrt(35), 2 / Math.Sqrt(14), 3 / Math.Sqrt(30)], cosine.Select(pair => pair.Item3));
        var information = All(CoOccurrence.Pairs(Sessions, PairWeight.PositivePmi, minimumCount: 1));
        Assert.Equal(
            [(0, 1, Math.Log(3 * 20 / 42.0)), (0, 2, Math.Log(2 * 20 / 35.0)), (0, 3, Math.Log(2 * 20 / 14.0)), (1, 2, Math.Log(3 * 20 / 30.0))],
            information);
    }

    [Fact]
    public void Pairs_that_chance_explains_have_no_information()
    {
        // 0 co-occurs with everything; 1 and 2 with 0 far more often than with each other.
        int[][] sessions = [.. Enumerable.Repeat<int[]>([0, 1], 20), .. Enumerable.Repeat<int[]>([0, 2], 20), [1, 2]];
        var pairs = All(CoOccurrence.Pairs(sessions, PairWeight.PositivePmi, minimumCount: 1));
        Assert.DoesNotContain(pairs, pair => (pair.Item1, pair.Item2) == (1, 2));
    }

    [Fact]
    public void Shared_tags_weigh_by_their_rarity_and_common_ones_are_passed_over()
    {
        string[][] tags = [["red", "shoe"], ["red", "hat", "red"], ["red", "shoe", "boot"], ["hat"], ["boot", "red"]];
        var pairs = All(SharedTags.Pairs(tags, mostItems: 3));
        Assert.Equal([(0, 2, Math.Log(5 / 2.0)), (1, 3, Math.Log(5 / 2.0)), (2, 4, Math.Log(5 / 2.0))], pairs);
        var two = All(SharedTags.Pairs(tags, minimumShared: 2));
        Assert.Equal([(0, 2), (2, 4)], two.Select(pair => (pair.Item1, pair.Item2)));
        Assert.All(two, pair => Assert.Equal(Math.Log(5 / 4.0) + Math.Log(5 / 2.0), pair.Item3, 1e-12));
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        BadInput.Refused("lower the minimum count", () => CoOccurrence.Pairs(Sessions, minimumCount: 4));
        BadInput.Refused("window is 0", () => CoOccurrence.Pairs(Sessions, window: 0));
        BadInput.Refused("holds item -1", () => CoOccurrence.Pairs([[0, -1]]));
        BadInput.Refused("No two of 2 items", () => SharedTags.Pairs([["a"], ["b"]]));
    }
}
