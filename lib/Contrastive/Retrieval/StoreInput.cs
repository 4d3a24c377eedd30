using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Retrieval;

/// <summary>What every vector store asks of its input, before anything is changed.</summary>
internal static class StoreInput
{
    /// <summary>Rows as contiguous float32 on the CPU, <c>[N, D]</c>, and, to compare by cosine, one over the length of each.</summary>
    /// <exception cref="ArgumentException">An id is empty or occurs twice, the vectors are not one for each id or of another dimension, or a row
    /// holds NaN or, to compare by cosine, only zeros.</exception>
    public static unsafe (Tensor Rows, float[]? InverseLengths) Vectors(IReadOnlyList<string> ids, Tensor vectors, int dimension, VectorMetric metric)
    {
        ArgumentNullException.ThrowIfNull(ids);
        Require.Shape(vectors, $"float [{ids.Count}, {dimension}]", "a vector for each id", mayBeEmpty: true);
        var seen = new Dictionary<string, int>(ids.Count, StringComparer.Ordinal);
        for (var i = 0; i < ids.Count; i++)
        {
            if (string.IsNullOrEmpty(ids[i]))
                throw new ArgumentException($"Id {i} is empty; each vector needs a name.", nameof(ids));
            if (!seen.TryAdd(ids[i], i))
                throw new ArgumentException($"'{ids[i]}' is both id {seen[ids[i]]} and id {i}; an id may occur once.", nameof(ids));
        }

        return Rows(vectors, metric, nameof(vectors));
    }

    /// <summary>Queries as contiguous float32 on the CPU, <c>[Q, D]</c>, of length 1 to compare by cosine.</summary>
    /// <exception cref="ArgumentException">They are of another dimension, K is below 1, or a row holds NaN or, to compare by cosine, only
    /// zeros.</exception>
    public static Tensor Queries(Tensor queries, int topK, int dimension, VectorMetric metric)
    {
        Require.Shape(queries, $"float [Q, {dimension}]", "of the same encoder", mayBeEmpty: true);
        Require.AtLeast(topK, 1);
        var (rows, inverseLengths) = Rows(queries, metric, nameof(queries));
        return inverseLengths is null ? rows : rows.mul(tensor(inverseLengths).unsqueeze(1));
    }

    private static unsafe (Tensor Rows, float[]? InverseLengths) Rows(Tensor given, VectorMetric metric, string name)
    {
        using var noGrad = no_grad();
        var rows = given.detach().cpu().to(float32).contiguous();
        var (count, dimension) = ((int)rows.size(0), (int)rows.size(1));
        var inverseLengths = metric == VectorMetric.Cosine ? new float[count] : null;
        RowCheck.Run(TensorVectors.First<float>(rows), count, dimension, inverseLengths, first: 0, name);
        return (rows, inverseLengths);
    }
}
