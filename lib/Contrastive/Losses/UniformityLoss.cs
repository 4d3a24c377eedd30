using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Uniformity (Wang and Isola 2020, "Understanding Contrastive Representation Learning through Alignment and Uniformity on the
/// Hypersphere", section 4.1): how evenly embeddings cover the unit sphere,
/// <code>loss = ln( mean over pairs i ≠ j of exp(−t ‖f(xᵢ) − f(xⱼ)‖²) )</code>
/// from near −2t, where they are spread in many dimensions, to 0, where all are the same.
/// </summary>
/// <remarks>Rows are always normalized to unit length.</remarks>
/// <param name="t">Above zero. <value>The default is 2, the paper's.</value></param>
/// <param name="blockwise">Whether the distances are computed in blocks and never all held: the same value and gradient, in little memory,
/// but no second derivatives. <value>The default is null: only for large batches.</value></param>
/// <exception cref="ArgumentOutOfRangeException">t is not above zero.</exception>
public sealed class UniformityLoss(double t = 2, bool? blockwise = null)
{
    private readonly double _t = Require.Positive(t);

    /// <summary>The loss of one batch.</summary>
    /// <param name="embeddings">Embeddings <c>[N, D]</c>, float, N at least 2.</param>
    /// <returns>A scalar, attached to the autograd graph.</returns>
    /// <exception cref="ArgumentException">The shape is another, there are fewer than two rows, or a value is not finite.</exception>
    public Tensor Compute(Tensor embeddings)
    {
        Require.Matrix(embeddings, atLeast: 2);
        using var scope = NewDisposeScope();
        var z = Similarity.Normalize(embeddings) * Math.Sqrt(2 * _t); // −t ‖a − b‖² = 2t a·b − 2t on the sphere
        var pairs = (double)z.size(0) * (z.size(0) - 1);
        var sums = Products.LogSumExpOfOthers(z, new EntryRules { Diagonals = [0] }, blockwise); // [N]
        return (sums.logsumexp(dim: 0) - (2 * _t) - Math.Log(pairs)).MoveToOuterDisposeScope();
    }
}
