using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>
/// Builds a WordPiece vocabulary: words are split into characters, and the most frequent pair of neighboring pieces is merged,
/// repeatedly. Pairs that occur equally often are merged in ordinal order, so that the result depends on the corpus alone.
/// </summary>
internal static class WordPieceTraining
{
    public static IEnumerable<string> Learn(IEnumerable<string> sentences, BertWords splitter, int vocabularySize, int minimumCount)
    {
        Require.AtLeast(minimumCount, 1);
        var words = CountWords(sentences, splitter);
        if (words.Count == 0)
            throw new ArgumentException("The corpus has no words to learn a vocabulary from.", nameof(sentences));
        List<string> vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Alphabet(words, minimumCount)];
        if (vocabulary.Count > vocabularySize)
        {
            throw new ArgumentException(
                $"The special tokens and characters of the corpus are {vocabulary.Count} tokens; vocabularySize = {vocabularySize} does not hold them.",
                nameof(vocabularySize));
        }
        var known = vocabulary.ToHashSet(StringComparer.Ordinal);
        var pairs = new PairCounts(words.Where(word => word.Pieces.TrueForAll(known.Contains)));
        while (vocabulary.Count < vocabularySize && pairs.TakeMostFrequent(minimumCount) is { } pair)
        {
            var joined = Join(pair);
            if (known.Add(joined))
                vocabulary.Add(joined);
            pairs.Merge(pair, joined);
        }
        return vocabulary;
    }

    private static string Join((string First, string Second) pair) => pair.First + pair.Second[2..];

    private static List<CountedWord> CountWords(IEnumerable<string> sentences, BertWords splitter)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var word in sentences.SelectMany(splitter.Split))
            counts[word] = counts.GetValueOrDefault(word) + 1;
        return [.. counts.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new CountedWord([.. entry.Key.EnumerateRunes().Select((rune, i) => i == 0 ? rune.ToString() : "##" + rune)], entry.Value))];
    }

    private static IEnumerable<string> Alphabet(List<CountedWord> words, int minimumCount)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            foreach (var piece in word.Pieces)
                counts[piece] = counts.GetValueOrDefault(piece) + word.Count;
        }
        return counts.Where(entry => entry.Value >= minimumCount).Select(entry => entry.Key).Order(StringComparer.Ordinal);
    }
}
