namespace Contrastive.Sampling;

/// <summary>
/// Deals a range of values in random order, and reshuffles when it is used up. A hand holds a value twice only if it is larger than
/// the range.
/// </summary>
/// <param name="values">The array that holds the values; their order changes.</param>
/// <param name="start">Where the range starts.</param>
/// <param name="count">The length of the range.</param>
/// <param name="random">The source of randomness.</param>
internal sealed class Deck(long[] values, int start, int count, Random random)
{
    // How many of the range have been dealt; they come after the others, the latest first.
    private int _dealt;

    public void Deal(Span<long> hand)
    {
        var aside = 0; // values of this hand that the new round must not deal before the hand is full
        for (var i = 0; i < hand.Length; i++)
        {
            if (_dealt == count && aside > 0)
            {
                aside = Release(aside);
            }
            else if (_dealt == count)
            {
                // A new round. The latest values, those of this hand, are at the front: move them to the end.
                Array.Reverse(values, start, count);
                _dealt = aside = i % count;
            }

            var place = start + random.Next(count - _dealt++);
            hand[i] = values[place];
            var end = start + count - _dealt;
            (values[place], values[end]) = (values[end], values[place]);
        }

        if (aside > 0)
            Release(aside);
    }

    /// <summary>Puts the values set aside, the last ones, back among those to be dealt.</summary>
    private int Release(int aside)
    {
        Array.Reverse(values, start + count - _dealt, _dealt);
        _dealt -= aside;
        return 0;
    }
}
