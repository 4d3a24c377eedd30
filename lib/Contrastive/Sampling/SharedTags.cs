using Contrastive.Torch;

namespace Contrastive.Sampling;

/// <summary>Positive pairs from tags, keywords or categories that two items share; rare tags say more than common ones.</summary>
public static class SharedTags
{
    /// <summary>Pairs of items that share tags, weighted by Σ over the shared tags of ln(N / number of items with the tag).</summary>
    /// <param name="tags">The tags of each item; compared exactly.</param>
    /// <param name="minimumShared">How many tags two items must share, ignoring too common ones. <value>The default is 1.</value></param>
    /// <param name="mostItems">A tag with more items than this says little and would make too many pairs (their number grows with its
    /// square); it is skipped. <value>The default is 1000.</value></param>
    /// <returns>Pairs with the smaller item first, in ascending order.</returns>
    /// <exception cref="ArgumentException">A number is not above zero, or no pair is left.</exception>
    public static WeightedPairs Pairs(IReadOnlyList<IReadOnlyCollection<string>> tags, int minimumShared = 1, int mostItems = 1000)
    {
        ArgumentNullException.ThrowIfNull(tags);
        Require.AtLeast(minimumShared, 1);
        Require.AtLeast(mostItems, 2, "a pair needs two");

        var holders = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var item = 0; item < tags.Count; item++)
        {
            foreach (var tag in tags[item].Distinct(StringComparer.Ordinal))
            {
                if (!holders.TryGetValue(tag, out var list))
                    holders[tag] = list = [];
                list.Add(item);
            }
        }

        var shared = new Dictionary<(int First, int Second), (int Count, double Weight)>();
        foreach (var items in holders.Where(tag => tag.Value.Count <= mostItems).OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => tag.Value))
        {
            var weight = Math.Log((double)tags.Count / items.Count);
            for (var i = 1; i < items.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var (count, sum) = shared.GetValueOrDefault((items[j], items[i]));
                    shared[(items[j], items[i])] = (count + 1, sum + weight);
                }
            }
        }

        var kept = shared.Where(pair => pair.Value.Count >= minimumShared && pair.Value.Weight > 0).OrderBy(pair => pair.Key)
            .Select(pair => (pair.Key.First, pair.Key.Second, pair.Value.Weight)).ToArray();
        return kept.Length > 0
            ? new WeightedPairs(kept)
            : throw new ArgumentException($"No two of {tags.Count} items share {minimumShared} tag(s) that at most {mostItems} items and not all of them have.", nameof(tags));
    }
}
