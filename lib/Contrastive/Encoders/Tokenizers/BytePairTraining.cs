using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>Learns CLIP's byte-pair merges (Sennrich et al. 2016, "Neural Machine Translation of Rare Words with Subword Units"): words are
/// split into bytes, and the most frequent pair of neighboring symbols is merged, repeatedly.</summary>
internal static class BytePairTraining
{
    /// <summary>Merges in the order in which they were learned.</summary>
    /// <param name="texts">The corpus.</param>
    /// <param name="count">The most merges.</param>
    /// <param name="minimumCount">How often a pair must occur to be merged.</param>
    public static IEnumerable<string> Learn(IEnumerable<string> texts, int count, int minimumCount)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var word in texts.SelectMany(ClipWords.Split).Where(word => word is not (ClipWords.StartOfText or ClipWords.EndOfText)))
            counts[word] = counts.GetValueOrDefault(word) + 1;
        if (counts.Count == 0)
            throw new ArgumentException("The texts have no words to learn merges from.", nameof(texts));
        var pairs = new PairCounts(counts.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new CountedWord(ClipTokenizer.Symbols(entry.Key), entry.Value)));
        var (merges, known) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        while (merges.Count < count && pairs.TakeMostFrequent(minimumCount) is { } pair)
        {
            // The same symbol from other parts would be a second id of one token.
            if (!known.Add(pair.First + pair.Second))
                continue;
            merges.Add($"{pair.First} {pair.Second}");
            pairs.Merge(pair, pair.First + pair.Second);
        }

        return merges;
    }
}
