namespace Contrastive.Retrieval;

/// <summary>
/// The best K of a stream of scores for each query: those above the worst of the best so far are collected in 2K places, and only when these
/// are full is the worst half dropped. Items must come in the order of their places: of equal scores the first stays.
/// </summary>
internal sealed unsafe class BestScores : IDisposable
{
    private readonly ulong[] _kept; // [Q, capacity], of which the first counts[q] are used
    private readonly int[] _counts;
    private readonly int _topK, _capacity;
    private readonly NativeBlock _thresholds;

    /// <param name="queries">Q.</param>
    /// <param name="padding">Queries after the last that are none: nothing is good enough for them.</param>
    /// <param name="topK">K.</param>
    public BestScores(int queries, int padding, int topK)
    {
        (_topK, _capacity, Queries) = (topK, checked((int)Places(topK)), queries);
        (_kept, _counts) = (new ulong[(long)queries * _capacity], new int[queries]);
        _thresholds = NativeBlock.Of<float>(queries + padding);
        Thresholds = _thresholds.First<float>();
        new Span<float>(Thresholds, queries).Fill(float.NegativeInfinity);
        new Span<float>(Thresholds + queries, padding).Fill(float.PositiveInfinity);
    }

    /// <summary>How many places a query has: with few, sorting would take longer than looking.</summary>
    public static long Places(int topK) => Math.Max(2L * topK, 16);

    public int Queries { get; }

    /// <summary>For each query the score that an item must exceed.</summary>
    public float* Thresholds { get; }

    /// <summary>Keeps an item whose score is above the query's threshold.</summary>
    public void Keep(int query, float score, int item)
    {
        var kept = _kept.AsSpan(query * _capacity, _capacity);
        kept[_counts[query]++] = Key(score, item);
        if (_counts[query] < _capacity)
            return;
        Select(kept, _topK);
        _counts[query] = _topK;
        Thresholds[query] = Score(kept[_topK - 1]);
    }

    /// <summary>Adds what another collection kept, of other items.</summary>
    public void Merge(BestScores other)
    {
        for (var query = 0; query < Queries; query++)
        {
            foreach (var key in other.Used(query))
                Keep(query, Score(key), Item(key));
        }
    }

    /// <summary>Writes the best of each query, best first: <c>[Q, K]</c>. Where there are fewer, the rest have score −∞ and index −1.</summary>
    public void Write(float* scores, long* indices)
    {
        for (var query = 0; query < Queries; query++)
        {
            var found = Used(query);
            found.Sort();
            for (var place = 0; place < _topK; place++)
            {
                *scores++ = place < found.Length ? Score(found[place]) : float.NegativeInfinity;
                *indices++ = place < found.Length ? Item(found[place]) : -1;
            }
        }
    }

    public void Dispose() => _thresholds.Dispose();

    /// <summary>Sorts by score descending, then item ascending. The sum makes −0 a 0: they are equal, and so must their keys be.</summary>
    private static ulong Key(float score, int item)
    {
        var bits = BitConverter.SingleToUInt32Bits(score + 0f);
        var ordered = (bits & 0x80000000) != 0 ? ~bits : bits ^ 0x80000000;
        return (ulong)~ordered << 32 | (uint)item;
    }

    /// <summary>Brings the <paramref name="count"/> smallest keys to the front, the greatest of them last (Hoare 1961). No two keys are equal.</summary>
    private static void Select(Span<ulong> keys, int count)
    {
        for (int low = 0, high = keys.Length - 1; low < high;)
        {
            var (a, b, c) = (keys[low], keys[low + (high - low) / 2], keys[high]);
            var pivot = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
            var (left, right) = (low, high);
            while (true)
            {
                while (keys[left] < pivot)
                    left++;
                while (keys[right] > pivot)
                    right--;
                if (left >= right)
                    break;
                (keys[left], keys[right]) = (keys[right--], keys[left++]);
            }

            // Before right + 1 all keys are at most the pivot, from there on all are at least.
            if (count - 1 <= right)
                high = right;
            else
                low = right + 1;
        }
    }

    private Span<ulong> Used(int query) => _kept.AsSpan(query * _capacity, _counts[query]);

    private static float Score(ulong key)
    {
        var ordered = ~(uint)(key >> 32);
        return BitConverter.UInt32BitsToSingle((ordered & 0x80000000) != 0 ? ordered ^ 0x80000000 : ~ordered);
    }

    private static int Item(ulong key) => (int)(uint)key;
}
