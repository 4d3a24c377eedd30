using System.Buffers;
using Contrastive.Torch;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Contrastive.Retrieval;

/// <summary>
/// Vectors in memory, searched approximately through a graph of near neighbors: hierarchical navigable small worlds (Malkov and Yashunin 2018,
/// arXiv 1603.09320), by USearch. A search looks at a small part of the vectors and may miss some; <see cref="Recall"/> measures how many.
/// Equal scores are ordered by id. Replaced and deleted vectors leave holes in the graph: after replacing all, recall fell by one to three
/// points, so build anew what has changed for the most part. One thread at a time; an operation uses several itself.
/// </summary>
public sealed partial class HnswVectorStore : IVectorStore
{
    private readonly Lock _lock = new();
    private readonly HnswIndex _index;
    private readonly HnswOptions _options;
    private readonly Dictionary<string, ulong> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, string> _ids = [];
    private ulong _nextKey; // keys are not used again
    private int _expansionSearch;
    private bool _isDisposed;

    /// <summary>An empty store.</summary>
    /// <param name="dimension">D, at least 1.</param>
    /// <param name="metric">How vectors are compared.</param>
    /// <param name="options">The defaults if none are given.</param>
    /// <exception cref="ArgumentException">An option is out of range, or int8 is to keep vectors for the inner product.</exception>
    /// <exception cref="PlatformNotSupportedException">USearch's native library does not load here. Exact search does without it.</exception>
    public HnswVectorStore(int dimension, VectorMetric metric = VectorMetric.InnerProduct, HnswOptions? options = null)
    {
        _options = options ?? new();
        Dimension = Require.AtLeast(dimension, 1);
        Metric = Require.Defined(metric);
        Require.AtLeast(_options.Connectivity, 2, name: nameof(HnswOptions.Connectivity));
        Require.AtLeast(_options.ExpansionAdd, 1, name: nameof(HnswOptions.ExpansionAdd));
        Require.AtLeast(_options.Threads, 1, name: nameof(HnswOptions.Threads));
        _expansionSearch = Require.AtLeast(_options.ExpansionSearch, 1, name: nameof(HnswOptions.ExpansionSearch));
        if (Require.Defined(_options.Precision, nameof(HnswOptions.Precision)) == VectorPrecision.Int8 && metric == VectorMetric.InnerProduct)
            throw new ArgumentException("Int8 keeps a vector's direction only, and the inner product needs its length; take BFloat16, or the cosine.", nameof(options));
        _index = new(dimension, metric, _options);
        _index.Reserve(1);
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public VectorMetric Metric { get; }

    /// <inheritdoc/>
    public long Count => Locked(() => _keys.Count);

    /// <summary><see cref="HnswOptions.ExpansionSearch"/>, which may be changed at any time: it costs nothing to try several.</summary>
    public int ExpansionSearch
    {
        get => _expansionSearch;
        set => Locked(() =>
        {
            _index.ChangeExpansionSearch(Require.AtLeast(value, 1, name: nameof(ExpansionSearch)));
            return _expansionSearch = value;
        });
    }

    private ParallelOptions Parallelism => new() { MaxDegreeOfParallelism = _options.Threads };

    /// <inheritdoc/>
    public void Upsert(IReadOnlyList<string> ids, Tensor vectors) => Locked(() =>
    {
        using var scope = NewDisposeScope();
        var rows = StoreVectors.OfItems(ids, vectors, Dimension, Metric);
        _index.Reserve(_keys.Count + rows.Count);
        var first = _nextKey;
        try
        {
            Parallel.For(0, rows.Count, Parallelism, row => rows.Compared(row, vector => _index.Add(first + (ulong)row, vector)));
        }
        catch
        {
            for (var row = 0; row < rows.Count; row++)
                _index.Remove(first + (ulong)row);
            throw;
        }

        // The new vectors are in; only now do the old ones go.
        foreach (var id in ids)
        {
            Forget(id);
            _keys.Add(id, _nextKey);
            _ids.Add(_nextKey++, id);
        }

        return rows.Count;
    });

    /// <summary>Removes vectors.</summary>
    /// <param name="ids">Their ids; those that are not there are passed over.</param>
    /// <returns>How many were removed.</returns>
    public long Delete(IReadOnlyList<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return Locked(() => ids.Count(Forget));
    }

    /// <inheritdoc/>
    /// <remarks>A store of at most <paramref name="topK"/> or <see cref="ExpansionSearch"/> vectors is searched exactly. In a larger one, a search for
    /// nearly all vectors may return a few less than asked for.</remarks>
    public IReadOnlyList<IReadOnlyList<RankedItem>> Search(Tensor queries, int topK) => Locked(() =>
    {
        Require.AtLeast(topK, 1);
        using var scope = NewDisposeScope();
        var rows = StoreVectors.OfQueries(queries, Dimension, Metric);
        if (_keys.Count == 0)
            throw new InvalidOperationException("The store is empty: there is nothing to search. Upsert vectors first.");
        var results = new IReadOnlyList<RankedItem>[rows.Count];
        Parallel.For(0, rows.Count, Parallelism, row => rows.Compared(row, query => results[row] = Search(query, topK)));
        return results;
    });

    /// <summary>Frees the graph.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _index.Dispose();
        }
    }

    /// <summary>The candidates of one query, compared once more in float32. Where they would be all vectors, they are: the graph's paths may not
    /// reach each of them.</summary>
    private RankedItem[] Search(ReadOnlySpan<float> query, int topK)
    {
        var isExact = _keys.Count <= Math.Max(topK, _expansionSearch);
        // Rounded vectors are compared by the graph as they are, and then again: there a longer list of candidates helps.
        var wanted = isExact ? _keys.Count : _options.Precision == VectorPrecision.Float32 ? topK : Math.Max(topK, _expansionSearch);
        var keys = ArrayPool<ulong>.Shared.Rent(wanted);
        var values = ArrayPool<float>.Shared.Rent(wanted + Dimension);
        try
        {
            var found = wanted;
            if (isExact)
                _keys.Values.CopyTo(keys, 0);
            else
                found = _index.Search(query, keys.AsSpan(0, wanted), values.AsSpan(0, wanted));
            var vector = values.AsSpan(wanted, Dimension);
            var candidates = new RankedItem[found];
            for (var place = 0; place < found; place++)
            {
                _index.Get(keys[place], vector);
                candidates[place] = new(_ids[keys[place]], Metric == VectorMetric.Cosine
                    ? TensorPrimitives.CosineSimilarity(query, vector)
                    : TensorPrimitives.Dot(query, vector));
            }

            return Ranking.Best(candidates, topK);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(keys);
            ArrayPool<float>.Shared.Return(values);
        }
    }

    private bool Forget(string id)
    {
        if (!_keys.Remove(id, out var key))
            return false;
        _ids.Remove(key);
        return _index.Remove(key);
    }

    private T Locked<T>(Func<T> work)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return work();
        }
    }
}
