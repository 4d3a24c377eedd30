namespace Contrastive.Sampling;

/// <summary>
/// Deals the items of one epoch into batches in which no key occurs twice. An item that clashes waits, queued by the key it clashed on,
/// for the next batch, which begins with those keys: so a frequent key comes in as many batches as it can. Only keys of the last batches
/// have a queue, and a batch takes at most one item from each, so it costs little that many wait.
/// </summary>
/// <param name="keys">The keys of the items.</param>
/// <param name="order">The items in the order in which they come.</param>
/// <param name="batches">How many batches are to be dealt.</param>
/// <param name="batchSize">Items in a batch.</param>
internal sealed class DistinctDeal(ItemKeys keys, long[] order, int batches, int batchSize)
{
    private readonly Dictionary<int, Queue<long>> _waiting = []; // the items that wait, by key
    private readonly Queue<int> _waitingKeys = new(); // the keys whose queue is not empty
    private readonly int[] _usedIn = new int[keys.Distinct]; // the latest batch that holds each key, from 1
    private int _batch;
    private int _start;
    private int _filled;
    private int _fresh;
    private int _next;
    private int _again;

    /// <summary>All batches, one after the other.</summary>
    public long[] Dealt { get; } = new long[batches * batchSize];

    /// <summary>Deals the next batch: of the items that wait, of those to come, and, when there are none, of earlier batches.</summary>
    /// <returns>How many items were found: fewer than a batch holds only if every other item clashes with one of them.</returns>
    public int Fill()
    {
        (_start, _filled, _batch) = (_batch * batchSize, 0, _batch + 1);
        for (var tries = _waitingKeys.Count; tries > 0 && _filled < batchSize; tries--)
        {
            var key = _waitingKeys.Dequeue();
            var queue = _waiting[key];
            while (_usedIn[key] != _batch && queue.TryDequeue(out var item))
                TakeOrWait(item);
            if (queue.Count > 0)
                _waitingKeys.Enqueue(key);
        }

        while (_filled < batchSize && _next < order.Length)
            TakeOrWait(order[_next++]);
        _fresh = _filled;
        for (var tries = _start; tries > 0 && _filled < batchSize; tries--, _again = (_again + 1) % _start)
        {
            if (Clash(Dealt[_again]) is null)
                Take(Dealt[_again]);
        }

        return _filled;
    }

    /// <summary>Puts other items in the place of the batch just dealt, whose items wait for the next one.</summary>
    public void Replace(ReadOnlySpan<long> items)
    {
        for (var i = _start; i < _start + _fresh; i++)
            Wait(Dealt[i], keys.Of(Dealt[i])[0]);
        items.CopyTo(Dealt.AsSpan(_start));
    }

    private void TakeOrWait(long item)
    {
        if (Clash(item) is { } key)
            Wait(item, key);
        else
            Take(item);
    }

    /// <summary>The first of the item's keys that the batch already holds.</summary>
    private int? Clash(long item)
    {
        foreach (var key in keys.Of(item))
        {
            if (_usedIn[key] == _batch)
                return key;
        }

        return null;
    }

    private void Take(long item)
    {
        foreach (var key in keys.Of(item))
            _usedIn[key] = _batch;
        Dealt[_start + _filled++] = item;
    }

    private void Wait(long item, int key)
    {
        if (!_waiting.TryGetValue(key, out var queue))
            _waiting[key] = queue = new Queue<long>();
        if (queue.Count == 0)
            _waitingKeys.Enqueue(key);
        queue.Enqueue(item);
    }
}
