using Contrastive.Torch;
using static System.FormattableString;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Contrastive.Retrieval;

/// <summary>Vectors as a store reads them: float32 rows in the computer's memory, checked. They live as long as the tensor and the scope in
/// which they were made.</summary>
internal sealed unsafe class VectorRows
{
    private readonly Tensor _values; // float32 [N, D], contiguous, on the CPU
    private readonly float* _first;
    private readonly int _dimension;

    private VectorRows(Tensor values)
    {
        _values = values;
        _dimension = (int)values.size(1);
        if (Count > 0)
        {
            fixed (byte* first = values.narrow(0, 0, 1).bytes)
                _first = (float*)first;
        }
    }

    /// <summary>N.</summary>
    public int Count => (int)_values.size(0);

    public ReadOnlySpan<float> this[int row] => new(_first + (long)row * _dimension, _dimension);

    /// <summary>The rows of queries.</summary>
    /// <exception cref="ArgumentException">The shape or type does not fit, or a row is not finite or, where the metric is the cosine, zero;
    /// the message names the row.</exception>
    public static VectorRows OfQueries(Tensor queries, int dimension, VectorMetric metric) => Of(queries, dimension, metric, nameof(queries), null);

    /// <summary>The rows of vectors to be stored, one for each id.</summary>
    /// <exception cref="ArgumentException">As for queries, or an id is null or occurs twice, or there are more or fewer of them.</exception>
    public static VectorRows OfItems(IReadOnlyList<string> ids, Tensor vectors, int dimension, VectorMetric metric)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var places = new Dictionary<string, int>(ids.Count, StringComparer.Ordinal);
        for (var place = 0; place < ids.Count; place++)
        {
            if (ids[place] is not { } id)
                throw new ArgumentException(Invariant($"ids[{place}] is null; expected the id of row {place}."), nameof(ids));
            if (!places.TryAdd(id, place))
                throw new ArgumentException(Invariant($"ids holds '{id}' twice, at {places[id]} and {place}; expected each id once."), nameof(ids));
        }

        var rows = Of(vectors, dimension, metric, nameof(vectors), ids);
        return rows.Count == ids.Count ? rows : throw new ArgumentException(
            Invariant($"There are {ids.Count} ids and {rows.Count} vectors; expected one id for each vector."), nameof(ids));
    }

    private static VectorRows Of(Tensor vectors, int dimension, VectorMetric metric, string name, IReadOnlyList<string>? ids)
    {
        Require.Shape(vectors, Invariant($"float [N, {dimension}]"), "one vector a row", mayBeEmpty: true, name);
        var rows = new VectorRows(vectors.detach().to(float32).cpu().contiguous());
        for (var row = 0; row < rows.Count; row++)
        {
            var greatest = Math.Abs(TensorPrimitives.MaxMagnitude(rows[row]));
            var fault = !float.IsFinite(greatest) ? "holds NaN or a value that is infinite in float32; look at the encoder's output"
                : greatest == 0 && metric == VectorMetric.Cosine ? "is zero, which has no angle; leave it out, or compare by the inner product" : null;
            if (fault is not null)
                throw new ArgumentException(Invariant($"Row {row} of {name}{(ids?.Count > row ? $" ('{ids[row]}')" : "")} {fault}."), name);
        }

        return rows;
    }
}
