using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>
/// Builds a WordPiece vocabulary: words are split into characters, and the most frequent pair of neighboring pieces is merged,
/// repeatedly. Pairs that occur equally often are merged in ordinal order, so that the result depends on the corpus alone.
/// </summary>
internal static class WordPieceTraining
{
    private sealed record Word(List<string> Pieces, long Count);

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

    private static List<Word> CountWords(IEnumerable<string> sentences, BertWords splitter)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var word in sentences.SelectMany(splitter.Split))
            counts[word] = counts.GetValueOrDefault(word) + 1;
        return [.. counts.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new Word([.. entry.Key.EnumerateRunes().Select((rune, i) => i == 0 ? rune.ToString() : "##" + rune)], entry.Value))];
    }

    private static IEnumerable<string> Alphabet(List<Word> words, int minimumCount)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            foreach (var piece in word.Pieces)
                counts[piece] = counts.GetValueOrDefault(piece) + word.Count;
        }
        return counts.Where(entry => entry.Value >= minimumCount).Select(entry => entry.Key).Order(StringComparer.Ordinal);
    }

    /// <summary>How often each pair of neighboring pieces occurs, kept up to date while pieces are merged.</summary>
    private sealed class PairCounts
    {
        private readonly Dictionary<(string First, string Second), long> _counts = [];
        private readonly Dictionary<(string First, string Second), HashSet<Word>> _places = [];
        private readonly PriorityQueue<(string First, string Second), (long Count, string First, string Second)> _queue = new(new MostFrequentFirst());

        public PairCounts(IEnumerable<Word> words)
        {
            foreach (var word in words)
                Add(word, sign: 1);
            foreach (var (pair, count) in _counts)
                _queue.Enqueue(pair, (count, pair.First, pair.Second));
        }

        public (string First, string Second)? TakeMostFrequent(int minimumCount)
        {
            while (_queue.TryDequeue(out var pair, out var priority))
            {
                var count = _counts.GetValueOrDefault(pair);
                if (count != priority.Count)
                    continue; // recounted since: it is in the queue with its new count as well
                return count >= minimumCount ? pair : null;
            }
            return null;
        }

        public void Merge((string First, string Second) pair, string joined)
        {
            if (!_places.Remove(pair, out var words))
                return;
            var changed = new HashSet<(string, string)>();
            foreach (var word in words)
            {
                changed.UnionWith(Add(word, sign: -1));
                for (var i = 0; i + 1 < word.Pieces.Count; i++)
                {
                    if (word.Pieces[i] != pair.First || word.Pieces[i + 1] != pair.Second)
                        continue;
                    word.Pieces[i] = joined;
                    word.Pieces.RemoveAt(i + 1);
                }
                changed.UnionWith(Add(word, sign: 1));
            }
            foreach (var other in changed)
            {
                if (_counts.GetValueOrDefault(other) is > 0 and var count)
                    _queue.Enqueue(other, (count, other.Item1, other.Item2));
            }
        }

        private HashSet<(string, string)> Add(Word word, int sign)
        {
            var touched = new HashSet<(string, string)>();
            for (var i = 0; i + 1 < word.Pieces.Count; i++)
            {
                var pair = (word.Pieces[i], word.Pieces[i + 1]);
                _counts[pair] = _counts.GetValueOrDefault(pair) + sign * word.Count;
                touched.Add(pair);
                if (sign < 0)
                    continue;
                if (!_places.TryGetValue(pair, out var places))
                    _places[pair] = places = new HashSet<Word>(ReferenceEqualityComparer.Instance);
                places.Add(word);
            }
            return touched;
        }
    }

    private sealed class MostFrequentFirst : IComparer<(long Count, string First, string Second)>
    {
        public int Compare((long Count, string First, string Second) x, (long Count, string First, string Second) y)
        {
            var byCount = y.Count.CompareTo(x.Count);
            var byFirst = byCount != 0 ? byCount : string.CompareOrdinal(x.First, y.First);
            return byFirst != 0 ? byFirst : string.CompareOrdinal(x.Second, y.Second);
        }
    }
}
