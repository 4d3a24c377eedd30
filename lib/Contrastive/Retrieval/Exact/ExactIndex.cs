using System.Diagnostics.CodeAnalysis;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Retrieval;

/// <summary>
/// Exact search over many vectors on the CPU: every score is computed, in float32 whatever the vectors' type, and the best are kept. A score
/// depends on nothing but its two vectors, so equal vectors have equal scores; of equal scores the vector that comes first wins.
/// </summary>
/// <remarks>
/// Memory: none beyond the vectors in float32, which are searched where they lie, in a tensor or in a file; half of that for
/// <see cref="VectorPrecision.BFloat16"/>, a quarter for <see cref="VectorPrecision.Int8"/>. On a GPU use <see cref="ExactSearch"/>.
/// </remarks>
public sealed class ExactIndex : IDisposable
{
    private readonly VectorRows _rows;
    private readonly Rescoring? _rescoring;
    private readonly VectorSource? _source;
    private bool _isDisposed;

    private unsafe ExactIndex(VectorSource source, VectorMetric metric, VectorPrecision precision, int oversampling, string name)
    {
        (Metric, Precision) = (metric, precision);
        var (count, dimension) = (source.Count, source.Dimension);
        var factors = metric == VectorMetric.Cosine ? new float[count] : null;
        RoundedRows? rounded = precision switch
        {
            VectorPrecision.BFloat16 => new BFloat16Rows(count, dimension, factors),
            VectorPrecision.Int8 => new Int8Rows(count, dimension, factors),
            _ => null,
        };
        var originals = source.IsFloat32 ? new Float32Rows(source.Values, count, dimension, factors) : null;
        _rows = (VectorRows?)rounded ?? originals!;
        _rescoring = rounded is not null && oversampling > 0 ? new Rescoring(originals!, oversampling) : null;
        _source = rounded is null || _rescoring is not null ? source : null;
        try
        {
            for (var start = 0; start < count; start += ExactEngine.Part)
            {
                var rows = Math.Min(ExactEngine.Part, count - start);
                var read = source.Read(start, rows);
                RowCheck.Run(read, rows, dimension, factors, start, name);
                rounded?.Fill(read, start, rows);
            }
        }
        catch
        {
            _rows.Dispose();
            source.Dispose();
            throw;
        }

        if (_source is null)
            source.Dispose();
    }

    /// <summary>N, how many vectors there are.</summary>
    public int Count => _rows.Count;

    /// <summary>D, the number of values of each vector.</summary>
    public int Dimension => _rows.Dimension;

    /// <summary>How vectors are compared.</summary>
    public VectorMetric Metric { get; }

    /// <summary>What the vectors are searched in.</summary>
    public VectorPrecision Precision { get; }

    /// <summary>An index over a tensor. It shares the tensor's memory where it is contiguous float32 and searched or rescored in that:
    /// do not change it meanwhile.</summary>
    /// <param name="vectors">Float <c>[N, D]</c> on the CPU, of any floating type.</param>
    /// <param name="metric"><value>The default is the inner product; cosine needs no normalized vectors.</value></param>
    /// <param name="precision"><value>The default is float32.</value></param>
    /// <param name="oversampling">With fewer bits: for K results the best oversampling · K are found in them and scored again from the float32
    /// vectors, which are then kept. <value>The default is 0: they are not kept, and scores are those of the rounded vectors.</value></param>
    /// <exception cref="ArgumentException">The tensor is of another shape or on another device, a row holds NaN, or (cosine) only zeros; the
    /// message names the row. A row longer than 1e18 is refused, as products would leave float32; to compare by cosine, also one shorter than 1e-18.</exception>
    public static unsafe ExactIndex Of(
        Tensor vectors, VectorMetric metric = VectorMetric.InnerProduct, VectorPrecision precision = VectorPrecision.Float32, int oversampling = 0)
    {
        Require.Shape(vectors, "float [N, D]", "one vector a row", mayBeEmpty: true);
        if (vectors.device_type != TorchSharp.DeviceType.CPU)
            throw new ArgumentException($"vectors is on {vectors.device}; move it to the CPU, or search it there by ExactSearch.TopK.", nameof(vectors));
        Require.AtLeast(vectors.size(1), 1, "a vector has values", "D, the width of vectors,");
        ExactEngine.Check(vectors.size(0));
        Check(metric, precision, oversampling);
        using var scope = NewDisposeScope();
        var readsFloat32 = precision == VectorPrecision.Float32 || oversampling > 0;
        return new ExactIndex(new TensorVectors(readsFloat32 ? vectors.to(float32) : vectors), metric, precision, oversampling, nameof(vectors));
    }

    /// <summary>An index over a file of <see cref="VectorFile"/>, or of NumPy, which stays where it is: the system reads what a search needs and
    /// keeps what fits in memory.</summary>
    /// <param name="path">A <c>.npy</c> file, float32 <c>[N, D]</c>. It must not change while the index is open.</param>
    /// <param name="metric"><value>The default is the inner product.</value></param>
    /// <param name="precision"><value>The default is float32: the file itself is searched. Otherwise rounded vectors are held in memory.</value></param>
    /// <param name="oversampling">With fewer bits: for K results the best oversampling · K are found in them and scored again from the file.
    /// <value>The default is 4; 0 leaves the scores of the rounded vectors.</value></param>
    /// <exception cref="InvalidDataException">It is no such file, or it is damaged.</exception>
    /// <exception cref="ArgumentException">A row holds NaN, or (cosine) only zeros; the message names the row.</exception>
    public static ExactIndex Open(
        string path, VectorMetric metric = VectorMetric.InnerProduct, VectorPrecision precision = VectorPrecision.Float32, int oversampling = 4)
    {
        Check(metric, precision, oversampling);
        return new ExactIndex(VectorFile.Map(path), metric, precision, oversampling, path);
    }

    /// <summary>The most similar vectors to each query.</summary>
    /// <param name="queries">Float <c>[Q, D]</c>, of any floating type, on the CPU.</param>
    /// <param name="topK">The most that a query gets, at least 1.</param>
    /// <param name="threads">How many threads search. <value>The default is torch's number of threads.</value></param>
    /// <returns>Similarities float32 <c>[Q, K]</c>, best first, and the vectors' indices int64 <c>[Q, K]</c>, with K the smaller of
    /// <paramref name="topK"/> and N.</returns>
    /// <exception cref="InvalidOperationException">The index is empty: there is nothing to search; or it was disposed.</exception>
    /// <exception cref="ArgumentException">The queries do not fit, or a row of them holds NaN, or (cosine) only zeros.</exception>
    public (Tensor Scores, Tensor Indices) Search(Tensor queries, int topK, int? threads = null)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Require.AtLeast(threads ?? 1, 1, name: nameof(threads));
        Require.AtLeast(topK, 1);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var rows = StoreVectors.OfQueries(queries, Dimension, Metric).ToCompare();
        if (Count == 0)
            throw new InvalidOperationException("The index is empty: there is nothing to search.");
        var kept = Math.Min(topK, Count);
        var candidates = Math.Min((long)kept * (_rescoring?.Oversampling ?? 1), Count);
        var (scores, indices) = (empty([rows.size(0), candidates], float32), empty([rows.size(0), candidates], int64));
        ExactEngine.Search(_rows, rows, scores, indices, threads ?? get_num_threads());
        if (_rescoring is not null)
            (scores, indices) = _rescoring.Run(rows, indices, kept);
        GC.KeepAlive(this); // until here the vectors' memory is read, by its address
        return (scores.MoveToOuterDisposeScope(), indices.MoveToOuterDisposeScope());
    }

    /// <summary>Frees the rounded vectors and closes the file; a tensor stays as it is.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _rows.Dispose();
        _source?.Dispose();
    }

    private static void Check(VectorMetric metric, VectorPrecision precision, int oversampling)
    {
        Require.Defined(metric);
        Require.Defined(precision);
        Require.AtLeast(oversampling, 0);
    }
}

/// <summary>What vectors are kept in for a search. Scores are computed in float32 in any case.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The field's names of number formats.")]
public enum VectorPrecision
{
    /// <summary>Four bytes a value; the exact answer.</summary>
    Float32,

    /// <summary>Two bytes a value: 8 bits of precision.</summary>
    BFloat16,

    /// <summary>One byte a value: 255 steps from the greatest value of a vector to its negative. <see cref="ExactIndex"/> keeps the step, four bytes a
    /// vector; <see cref="HnswVectorStore"/> does not, so it keeps the direction only.</summary>
    Int8,
}
