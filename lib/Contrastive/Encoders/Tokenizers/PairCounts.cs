namespace Contrastive.Encoders;

/// <summary>A word in the pieces it is made of so far, and how often it occurs.</summary>
internal sealed record CountedWord(List<string> Pieces, long Count);

/// <summary>How often each pair of neighboring pieces occurs, kept up to date while pieces are merged. Pairs that occur equally often come in
/// ordinal order, so that what is learned depends on the corpus alone.</summary>
internal sealed class PairCounts
{
    private readonly Dictionary<(string First, string Second), long> _counts = [];
    private readonly Dictionary<(string First, string Second), HashSet<CountedWord>> _places = [];
    private readonly PriorityQueue<(string First, string Second), (long Count, string First, string Second)> _queue = new(new MostFrequentFirst());

    public PairCounts(IEnumerable<CountedWord> words)
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

    private HashSet<(string, string)> Add(CountedWord word, int sign)
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
                _places[pair] = places = new HashSet<CountedWord>(ReferenceEqualityComparer.Instance);
            places.Add(word);
        }
        return touched;
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
