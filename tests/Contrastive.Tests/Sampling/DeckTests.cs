using Contrastive.Sampling;
using Xunit;

namespace Contrastive.Tests.Sampling;

public sealed class DeckTests
{
    [Theory]
    [InlineData(7, 3)]
    [InlineData(7, 7)]
    [InlineData(7, 5)]
    [InlineData(3, 8)]
    [InlineData(1, 4)]
    public void No_hand_repeats_a_card_more_than_it_must_and_no_card_falls_behind(int cards, int handSize)
    {
        long[] values = [-1, .. Enumerable.Range(0, cards).Select(i => (long)i), -2];
        var deck = new Deck(values, 1, cards, new Random(1));
        var counts = new int[cards];
        var hand = new long[handSize];
        for (var deal = 0; deal < 200; deal++)
        {
            deck.Deal(hand);
            var most = (handSize + cards - 1) / cards;
            Assert.All(hand.GroupBy(card => card), group => Assert.InRange(group.Count(), 1, most));
            foreach (var card in hand)
                counts[card]++;
            Assert.InRange(counts.Max() - counts.Min(), 0, 1);
        }

        Assert.Equal([-1, -2], [values[0], values[^1]]);
    }
}
