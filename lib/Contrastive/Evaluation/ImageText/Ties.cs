using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>
/// When two cosines are equal. The same vectors may differ in their last digits, by the order in which a product or an encoder adds up;
/// whoever compares the digits would take what a collapsed encoder, or one that ignores the order of words, rounds for what it knows.
/// </summary>
internal static class Ties
{
    /// <summary>Cosines that are no further apart are equal: 1e-6 for float32 and half precision (scored in float32), 1e-12 for float64.</summary>
    public static double Width(Tensor embeddings) => embeddings.dtype == ScalarType.Float64 ? 1e-12 : 1e-6;

    /// <summary>For each row how many of the other entries reach its own score or tie with it; rank − 1, with ties against the row.</summary>
    /// <param name="scores"><c>[N, C]</c>; overwritten.</param>
    /// <param name="right">The columns that are right for a row, int64 <c>[N, K]</c>; a column may be repeated. The best of them counts as the
    /// row's own score, and none of them against it.</param>
    /// <param name="width">From <see cref="Width"/>.</param>
    /// <returns>int64 <c>[N]</c>.</returns>
    public static Tensor Ahead(Tensor scores, Tensor right, double width)
    {
        using var scope = NewDisposeScope();
        var own = scores.gather(1, right).amax([1], keepdim: true); // [N, 1]
        scores.scatter_(1, right, full(right.shape, double.NegativeInfinity, scores.dtype, scores.device));
        return (scores >= own.sub_(width)).sum(dim: 1).MoveToOuterDisposeScope();
    }
}
