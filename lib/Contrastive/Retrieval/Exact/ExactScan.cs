using System.Numerics;
using System.Runtime.CompilerServices;

namespace Contrastive.Retrieval;

/// <summary>
/// One thread's way over the items. A tile of items stays in the cache while all queries are multiplied with it; scores are compared with
/// the queries' thresholds where they are summed, and only those of items that may pass are stored.
/// </summary>
internal sealed unsafe class ExactScan<T> : IDisposable where T : struct, ILanes<T>
{
    /// <summary>Bytes of items in a tile: within the second-level cache of common processors.</summary>
    private const int TileBytes = 1 << 17;

    private readonly VectorRows _items;
    private readonly QueryPanels<T> _queries;
    private readonly GroupFilter? _groups;
    private readonly int _tile;
    private readonly NativeBlock _memory;
    private readonly float* _scratch, _last, _scores, _lowest;

    public ExactScan(VectorRows items, QueryPanels<T> queries, int count, int topK, GroupFilter? groups)
    {
        (_items, _queries, _groups) = (items, queries, groups);
        Best = new BestScores(count, queries.Padding, topK);
        _tile = Math.Max(TileBytes / sizeof(float) / items.Dimension / DotProducts.Items, 1) * DotProducts.Items;
        var (scratch, last) = ((long)_tile * items.Dimension, (long)DotProducts.Items * items.Dimension);
        var width = T.MostQueries * T.Count;
        _memory = NativeBlock.Of<float>(scratch + last + (DotProducts.Items + 1) * width);
        _scratch = _memory.First<float>();
        _last = _scratch + scratch;
        _scores = _last + last;
        _lowest = _scores + DotProducts.Items * width;
        new Span<float>(_lowest, width).Fill(float.NegativeInfinity);
    }

    public BestScores Best { get; }

    /// <summary>Scores the items from <paramref name="start"/> until before <paramref name="end"/>.</summary>
    public void Run(int start, int end)
    {
        for (var at = start; at < end; at += _tile)
        {
            var count = Math.Min(_tile, end - at);
            var rows = _items.Read(at, count, _scratch);
            foreach (var panel in _queries.All)
                Score(panel, at, rows, count);
        }
    }

    public void Dispose()
    {
        Best.Dispose();
        _memory.Dispose();
    }

    private void Score(Panel panel, int first, float* rows, int count)
    {
        var dimension = _items.Dimension;
        var values = _queries.Values(panel);
        // Products that are yet to be multiplied are all looked at.
        var thresholds = _items.Factors is null ? Best.Thresholds + panel.First : _lowest;
        var whole = count - count % DotProducts.Items;
        for (var row = 0; row < whole; row += DotProducts.Items)
        {
            if (DotProducts.Compute<T>(rows + (long)row * dimension, values, dimension, panel.Registers, thresholds, _scores))
                Select(panel, first + row, DotProducts.Items);
        }

        if (whole == count)
            return;
        // The last rows, with zeros after them.
        var last = new Span<float>(_last, DotProducts.Items * dimension);
        new Span<float>(rows + (long)whole * dimension, (count - whole) * dimension).CopyTo(last);
        last[((count - whole) * dimension)..].Clear();
        if (DotProducts.Compute<T>(_last, values, dimension, panel.Registers, thresholds, _scores))
            Select(panel, first + whole, count - whole);
    }

    /// <summary>Keeps what exceeds its query's threshold.</summary>
    private void Select(Panel panel, int first, int count)
    {
        var width = panel.Registers * T.Count;
        if (_items.Factors is { } factors)
            Multiply(factors, first, count, width);
        for (var register = 0; register < width; register += T.Count)
        {
            var thresholds = Best.Thresholds + panel.First + register;
            var scores = _scores + register;
            var least = T.Load(thresholds);
            for (var item = first; item < first + count; item++, scores += width)
            {
                var passed = T.Greater(T.Load(scores), least);
                if (passed == 0)
                    continue;
                Keep(passed, scores, panel.First + register, item);
                least = T.Load(thresholds);
            }
        }
    }

    private void Multiply(float[] factors, int first, int count, int width)
    {
        for (var item = 0; item < count; item++)
        {
            var factor = T.All(factors[first + item]);
            for (var lane = item * width; lane < (item + 1) * width; lane += T.Count)
                T.Store(T.Multiply(T.Load(_scores + lane), factor), _scores + lane);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Keep(uint passed, float* scores, int query, int item)
    {
        for (; passed != 0; passed &= passed - 1)
        {
            var lane = BitOperations.TrailingZeroCount(passed);
            if (_groups is null || !_groups.Excludes(query + lane, item))
                Best.Keep(query + lane, scores[lane], item);
        }
    }
}

/// <summary>Leaves out the items of a query's own group.</summary>
/// <param name="queries">The group of each query, <c>[Q]</c>.</param>
/// <param name="items">The group of each item, <c>[N]</c>.</param>
/// <param name="first">The query that is number 0.</param>
internal sealed class GroupFilter(long[] queries, long[] items, int first = 0)
{
    public GroupFilter From(int start) => new(queries, items, first + start);

    public bool Excludes(int query, int item) => queries[first + query] == items[item];
}
