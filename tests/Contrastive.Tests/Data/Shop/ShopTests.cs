using Contrastive.Data;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class ShopTests
{
    private static readonly Shop Open = new(240, seed: 1);

    [Fact]
    public void The_same_seeds_give_the_same_sessions_whatever_their_number()
    {
        var few = new Shop(240, seed: 1).Sessions(50, seed: 2);
        Assert.Equal(few, Open.Sessions(200, seed: 2).Take(50));
        Assert.NotEqual(few, Open.Sessions(50, seed: 3));
        Assert.NotEqual(few, new Shop(240, seed: 4).Sessions(50, seed: 2));
    }

    [Fact]
    public void Sessions_hold_three_to_six_different_items_each_size_equally_often()
    {
        var sessions = Open.Sessions(4000, seed: 5);
        Assert.All(sessions, session => Assert.Equal(session.Count, session.Distinct().Count()));
        Assert.All(sessions.SelectMany(session => session), item => Assert.InRange(item, 0, 239));
        for (var size = 3; size <= 6; size++)
            Assert.InRange(sessions.Count(session => session.Count == size), 860, 1140);
    }

    [Fact]
    public void The_first_item_follows_the_need_three_times_of_four_and_popularity()
    {
        // The chance of each item, written as a loop over needs: by its need's popularity, or by the whole shop's.
        var first = Open.Sessions(40_000, seed: 6).GroupBy(session => session[0]).ToDictionary(group => group.Key, group => group.Count() / 40_000.0);
        var shares = Enumerable.Range(0, 240).Select(item => first.GetValueOrDefault(item)).OrderDescending().ToArray();
        var weights = Enumerable.Range(1, 240).Select(rank => 1.0 / (rank + 5)).ToArray();

        // Whatever the shuffle, an item's chance is between a quarter of its share of the shop and that plus all of three quarters of one need.
        for (var rank = 0; rank < 20; rank++)
            Assert.InRange(shares[rank], 0.25 * weights[rank + 20] / weights.Sum(), (0.25 * weights[rank] / weights.Sum()) + (0.75 / Shop.Needs.Count));
        Assert.True(shares[..24].Sum() > 1.5 * shares[^120..].Sum(), $"{shares[..24].Sum()} against {shares[^120..].Sum()}");
    }

    [Fact]
    public void Two_items_of_a_session_share_their_need_far_more_often_than_chance()
    {
        var share = Open.Sessions(10_000, seed: 7).Average(session => Open.NeedOf[session[0]] == Open.NeedOf[session[1]] ? 1.0 : 0);
        Assert.InRange(share, 0.5, 0.65); // nearly 0.75², and what popular items share by chance
    }

    [Fact]
    public void Items_are_named_by_their_need()
    {
        Assert.Equal(("camping 1", "juggling 1", "camping 2", "juggling 10"), (Open.Name(0), Open.Name(23), Open.Name(24), Open.Name(239)));
        Assert.Equal(240, Enumerable.Range(0, Open.Count).Select(item => Open.Name(item)).Distinct().Count());
    }

    [Fact]
    public void Too_few_items_or_sessions_are_refused()
    {
        BadInput.Refused("items is 23", () => _ = new Shop(23, seed: 1));
        BadInput.Refused("count is 0", () => Open.Sessions(0, seed: 1));
        Assert.All(new Shop(24, seed: 1).Sessions(200, seed: 1), session => Assert.InRange(session.Count, 3, 6));
    }
}
