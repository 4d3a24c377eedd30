using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>How similar the rows of two sets of embeddings are.</summary>
public static class Similarity
{
    /// <summary>Cosine of the angle between each row of <paramref name="first"/> and each row of
    /// <paramref name="second"/>, in [-1, 1].</summary>
    /// <param name="first">Embeddings <c>[N, D]</c>.</param>
    /// <param name="second">Embeddings <c>[M, D]</c>.</param>
    /// <returns><c>[N, M]</c>; float32 where the input is of half precision.</returns>
    public static Tensor Cosine(Tensor first, Tensor second)
    {
        using var scope = NewDisposeScope();
        var rows = Normalize(first);
        var columns = ReferenceEquals(first, second) ? rows : Normalize(second);
        return rows.mm(columns.t()).MoveToOuterDisposeScope();
    }

    /// <summary>Dot product of each row of <paramref name="first"/> with each row of <paramref name="second"/>.</summary>
    /// <param name="first">Embeddings <c>[N, D]</c>.</param>
    /// <param name="second">Embeddings <c>[M, D]</c>.</param>
    /// <returns><c>[N, M]</c>; float32 where the input is of half precision.</returns>
    public static Tensor DotProduct(Tensor first, Tensor second)
    {
        using var scope = NewDisposeScope();
        return Upcast(first).mm(Upcast(second).t()).MoveToOuterDisposeScope();
    }

    /// <summary>Normalizes rows to unit length. A row of zeros stays zero.</summary>
    /// <param name="embeddings"><c>[..., D]</c>.</param>
    /// <returns>The same shape; float32 where the input is of half precision.</returns>
    public static Tensor Normalize(Tensor embeddings)
    {
        using var scope = NewDisposeScope();
        return nn.functional.normalize(Upcast(embeddings), p: 2, dim: -1).MoveToOuterDisposeScope();
    }

    /// <summary>Embeddings as a loss takes them: normalized or as they are, in at least float32.</summary>
    internal static Tensor Prepare(Tensor embeddings, bool normalize) => normalize ? Normalize(embeddings) : Upcast(embeddings);

    /// <summary>Half precision is too coarse for sums of exponentials: float16 and bfloat16 become float32, others stay.</summary>
    internal static Tensor Upcast(Tensor tensor) =>
        tensor.dtype is ScalarType.Float16 or ScalarType.BFloat16 ? tensor.to(ScalarType.Float32) : tensor.alias();
}
