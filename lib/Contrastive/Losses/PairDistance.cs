using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>How losses of pairs and triplets measure the distance D(x, y) of two embeddings.</summary>
public enum PairDistance
{
    /// <summary>‖x − y‖. Its gradient at x = y is taken as zero.</summary>
    Euclidean,

    /// <summary>‖x − y‖².</summary>
    SquaredEuclidean,

    /// <summary>1 − cos(x, y), from 0 to 2, which does not depend on the lengths of x and y; 1, without gradient, if one is zero.</summary>
    Cosine,
}

internal static class PairDistances
{
    /// <summary>Whether rows are brought to unit length first: if a loss asks for it, and always for the cosine.</summary>
    public static bool Normalizes(this PairDistance distance, bool normalize) => normalize || distance is PairDistance.Cosine;

    /// <summary>Distance of each row <c>[N, D]</c> from each column <c>[M, D]</c>: <c>[N, M]</c>. It is summed term by term, so that the
    /// distance of equal rows is exactly zero and that of near ones keeps its digits.</summary>
    public static Tensor Between(this PairDistance distance, Tensor rows, Tensor columns) =>
        distance.Of(cdist(rows, columns, 2, compute_mode.donot_use_mm_for_euclid_dist), () => IsZero(rows).unsqueeze(1).logical_or(IsZero(columns).unsqueeze(0)));

    /// <summary>Distance of row i of the first <c>[N, D]</c> from row i of the second <c>[N, D]</c>: <c>[N]</c>.</summary>
    public static Tensor OfRows(this PairDistance distance, Tensor first, Tensor second) =>
        distance.Of((first - second).norm(dim: 1), () => IsZero(first).logical_or(IsZero(second)));

    private static Tensor Of(this PairDistance distance, Tensor lengths, Func<Tensor> hasNoDirection) => distance switch
    {
        PairDistance.Euclidean => lengths,
        PairDistance.SquaredEuclidean => lengths.square(),
        _ => (lengths.square() / 2).masked_fill(hasNoDirection(), 1), // ½‖x − y‖² = 1 − cos(x, y), since the rows have unit length
    };

    private static Tensor IsZero(Tensor rows) => rows.eq(0).all(1);
}
