using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Alignment (Wang and Isola 2020, "Understanding Contrastive Representation Learning through Alignment and Uniformity on the
/// Hypersphere", section 4.1): how close the two members of a positive pair lie on the unit sphere,
/// <code>loss = mean over the pairs of ‖f(x) − f(y)‖^α</code>
/// Alone it collapses: it is least, zero, where all embeddings are the same. <see cref="AlignmentUniformityLoss"/> is the sum with what
/// keeps them apart.
/// </summary>
/// <remarks>Rows are always normalized to unit length. The gradient of two equal rows is taken as zero.</remarks>
/// <param name="alpha">α, at least 1. <value>The default is 2, the paper's.</value></param>
/// <exception cref="ArgumentOutOfRangeException">α is below 1.</exception>
public sealed class AlignmentLoss(double alpha = 2) : ITwoViewLoss
{
    private readonly double _alpha = Require.AtLeast(alpha, 1, "below 1 the gradient of near rows has no bound");

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2)
    {
        Require.Pairs(view1, view2, atLeast: 2);
        using var scope = NewDisposeScope();
        return Of(view1, view2, _alpha).MoveToOuterDisposeScope();
    }

    /// <summary>The equation, for any number of pairs.</summary>
    internal static Tensor Of(Tensor view1, Tensor view2, double alpha) =>
        PairDistance.Euclidean.OfRows(Similarity.Normalize(view1), Similarity.Normalize(view2)).pow(alpha).mean();
}
