using System.Buffers;
using Contrastive.Torch;
using static System.FormattableString;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Contrastive.Retrieval;

/// <summary>Vectors as a search reads them: float32 rows in the computer's memory, checked. They live as long as the tensor and the scope in
/// which they were made.</summary>
internal sealed unsafe class StoreVectors
{
    private readonly float* _first;

    private StoreVectors(Tensor given, int dimension, VectorMetric metric, string name, IReadOnlyList<string>? ids)
    {
        Require.Shape(given, Invariant($"float [N, {dimension}]"), "one vector a row", mayBeEmpty: true, name);
        Values = given.detach().to(float32).cpu().contiguous();
        _first = TensorVectors.First<float>(Values);
        InverseLengths = metric == VectorMetric.Cosine ? new float[Count] : null;
        RowCheck.Run(_first, Count, dimension, InverseLengths, first: 0, name, ids);
    }

    /// <summary>Contiguous float32 <c>[N, D]</c>.</summary>
    public Tensor Values { get; }

    /// <summary>N.</summary>
    public int Count => (int)Values.size(0);

    /// <summary>One over the length of each row, <c>[N]</c>, to compare by cosine; otherwise null.</summary>
    public float[]? InverseLengths { get; }

    public ReadOnlySpan<float> this[int row] => new(_first + row * Values.size(1), (int)Values.size(1));

    /// <summary>The rows of queries.</summary>
    /// <exception cref="ArgumentException">The shape or type does not fit, or a row is not finite or, where the metric is the cosine, zero;
    /// the message names the row.</exception>
    public static StoreVectors OfQueries(Tensor queries, int dimension, VectorMetric metric) => new(queries, dimension, metric, nameof(queries), ids: null);

    /// <summary>The rows of vectors to be stored, one for each id.</summary>
    /// <exception cref="ArgumentException">As for queries, or an id is null, occurs twice or holds half of a surrogate pair, or there are more or
    /// fewer of them.</exception>
    public static StoreVectors OfItems(IReadOnlyList<string> ids, Tensor vectors, int dimension, VectorMetric metric)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var places = new Dictionary<string, int>(ids.Count, StringComparer.Ordinal);
        for (var place = 0; place < ids.Count; place++)
        {
            if (ids[place] is not { } id)
                throw new ArgumentException(Invariant($"ids[{place}] is null; expected the id of row {place}."), nameof(ids));
            if (HalfSurrogate.IsIn(id))
                throw new ArgumentException(Invariant($"ids[{place}], '{id}', holds half of a surrogate pair; expected Unicode text."), nameof(ids));
            if (!places.TryAdd(id, place))
                throw new ArgumentException(Invariant($"ids holds '{id}' twice, at {places[id]} and {place}; expected each id once."), nameof(ids));
        }

        var rows = new StoreVectors(vectors, dimension, metric, nameof(vectors), ids);
        return rows.Count == ids.Count ? rows : throw new ArgumentException(
            Invariant($"There are {ids.Count} ids and {rows.Count} vectors; expected one id for each vector."), nameof(ids));
    }

    /// <summary>Uses a row, of length 1 to compare by cosine, without a copy of the others.</summary>
    public void Compared(int row, Action<ReadOnlySpan<float>> use)
    {
        if (InverseLengths is null)
        {
            use(this[row]);
            return;
        }

        var room = ArrayPool<float>.Shared.Rent(this[row].Length);
        var scaled = room.AsSpan(0, this[row].Length);
        TensorPrimitives.Multiply(this[row], InverseLengths[row], scaled);
        use(scaled);
        ArrayPool<float>.Shared.Return(room);
    }

    /// <summary>The rows, of length 1 to compare by cosine.</summary>
    public Tensor ToCompare() => InverseLengths is null ? Values : Values.mul(tensor(InverseLengths).unsqueeze(1)); // [N, D]
}
