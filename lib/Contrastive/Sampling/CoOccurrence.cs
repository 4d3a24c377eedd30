using Contrastive.Torch;

namespace Contrastive.Sampling;

/// <summary>Positive pairs from what is used together: products bought in one session, songs in one playlist, words in one window.</summary>
public static class CoOccurrence
{
    /// <summary>Counts in how many sessions two items occur within a window of each other, and weights the pairs.</summary>
    /// <param name="sessions">The items of each session in order, numbered from 0. A repeated item counts by its nearest occurrence,
    /// and a pair counts once per session.</param>
    /// <param name="weight">How pairs are weighted. <value>The default is <see cref="PairWeight.Cosine"/>.</value></param>
    /// <param name="window">How far apart two items may be; 1 means neighbors. A session costs its length times the window.
    /// <value>The default is 10.</value></param>
    /// <param name="minimumCount">Pairs seen in fewer sessions are left out as noise. <value>The default is 2.</value></param>
    /// <returns>Pairs with the smaller item first, in ascending order. Pairs of weight zero are left out.</returns>
    /// <exception cref="ArgumentException">A number is out of range, an item is negative, or no pair is left.</exception>
    public static WeightedPairs Pairs(
        IEnumerable<IReadOnlyList<int>> sessions, PairWeight weight = PairWeight.Cosine, int window = 10, int minimumCount = 2)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        Require.AtLeast(window, 1, "with a smaller window no two items are together");
        Require.AtLeast(minimumCount, 1);

        var counts = Count(sessions, window);
        var totals = new Dictionary<int, long>();
        foreach (var ((first, second), count) in counts)
        {
            totals[first] = totals.GetValueOrDefault(first) + count;
            totals[second] = totals.GetValueOrDefault(second) + count;
        }

        var all = (double)totals.Values.Sum();
        var kept = counts.Where(entry => entry.Value >= minimumCount).OrderBy(entry => entry.Key)
            .Select(entry => (entry.Key.First, entry.Key.Second, Weight: Weigh(weight, entry.Value, totals[entry.Key.First], totals[entry.Key.Second], all)))
            .Where(pair => pair.Weight > 0).ToArray();
        return kept.Length > 0
            ? new WeightedPairs(kept)
            : throw new ArgumentException(
                $"None of {counts.Count} pairs occurs in {minimumCount} sessions with a weight above zero: lower the minimum count, widen the window, or weigh by count.", nameof(sessions));
    }

    private static Dictionary<(int First, int Second), int> Count(IEnumerable<IReadOnlyList<int>> sessions, int window)
    {
        var counts = new Dictionary<(int First, int Second), int>();
        var together = new HashSet<(int, int)>();
        foreach (var session in sessions)
        {
            together.Clear();
            for (var i = 0; i < session.Count; i++)
            {
                if (session[i] < 0)
                    throw new ArgumentException($"A session holds item {session[i]}; items are numbered from 0.", nameof(sessions));
                for (var j = Math.Max(0, i - window); j < i; j++)
                {
                    if (session[i] != session[j])
                        together.Add((Math.Min(session[i], session[j]), Math.Max(session[i], session[j])));
                }
            }

            foreach (var pair in together)
                counts[pair] = counts.GetValueOrDefault(pair) + 1;
        }

        return counts;
    }

    private static double Weigh(PairWeight weight, long together, long first, long second, double all) => weight switch
    {
        PairWeight.Count => together,
        PairWeight.Cosine => together / Math.Sqrt((double)first * second),
        PairWeight.PositivePmi => Math.Max(0, Math.Log(together * all / ((double)first * second))),
        _ => throw Require.OutOfRange(nameof(weight), weight, string.Join(" or ", Enum.GetNames<PairWeight>())),
    };
}

/// <summary>The weight of a pair that occurs together c(i, j) times; c(i) is the sum of c(i, ·) and C the sum of all c(i).</summary>
public enum PairWeight
{
    /// <summary>c(i, j): how often. Popular items pair with everything and dominate.</summary>
    Count,

    /// <summary>c(i, j) / √(c(i) c(j)): popular items weigh less.</summary>
    Cosine,

    /// <summary>max(0, ln(c(i, j) C / (c(i) c(j)))), positive pointwise mutual information (Church and Hanks 1990; Levy and Goldberg 2014):
    /// how much more often than by chance. Pairs that chance explains get no weight, rare pairs a large one: set a minimum count.</summary>
    PositivePmi,
}
