using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Retrieval;

/// <summary>Vectors in memory, in float32, searched exactly (<see cref="ExactIndex"/> says how). Of equal scores the vector that was added
/// first wins. One thread at a time; a search uses several itself.</summary>
public sealed class ExactVectorStore : IVectorStore
{
    private readonly GrowingRows _rows;
    private readonly List<string> _ids = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private bool _isDisposed;

    /// <summary>An empty store.</summary>
    /// <param name="dimension">D, at least 1.</param>
    /// <param name="metric"><value>The default is the inner product; cosine needs no normalized vectors.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is below 1.</exception>
    public ExactVectorStore(int dimension, VectorMetric metric = VectorMetric.InnerProduct)
    {
        (Dimension, Metric) = (Require.AtLeast(dimension, 1), Require.Defined(metric));
        _rows = new GrowingRows(dimension, hasFactors: metric == VectorMetric.Cosine);
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public VectorMetric Metric { get; }

    /// <inheritdoc/>
    public long Count
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _rows.Count;
        }
    }

    /// <inheritdoc/>
    public void Upsert(IReadOnlyList<string> ids, Tensor vectors)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        using var scope = NewDisposeScope();
        var rows = StoreVectors.OfItems(ids, vectors, Dimension, Metric);
        for (var i = 0; i < ids.Count; i++)
        {
            if (_places.TryAdd(ids[i], _ids.Count))
                _ids.Add(ids[i]);
            _rows.Set(_places[ids[i]], rows[i], rows.InverseLengths?[i] ?? 1);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<RankedItem>> Search(Tensor queries, int topK)
    {
        Require.AtLeast(topK, 1);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var asked = StoreVectors.OfQueries(queries, Dimension, Metric).ToCompare();
        if (Count == 0)
            throw new InvalidOperationException("The store is empty: there is nothing to search.");
        if (asked.size(0) == 0)
            return [];
        var kept = Math.Min(topK, _ids.Count);
        var (scores, indices) = (empty([asked.size(0), kept], float32), empty([asked.size(0), kept], int64));
        ExactEngine.Search(_rows, asked, scores, indices, get_num_threads());
        var (score, index) = (scores.data<float>().ToArray(), indices.data<long>().ToArray());
        return [.. Enumerable.Range(0, (int)asked.size(0)).Select(query =>
            Enumerable.Range(query * kept, kept).Select(place => new RankedItem(_ids[(int)index[place]], score[place])).ToArray())];
    }

    /// <summary>Frees the vectors.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _rows.Dispose();
    }
}
