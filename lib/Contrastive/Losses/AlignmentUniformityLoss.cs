using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Alignment and uniformity as one loss (Wang and Isola 2020, "Understanding Contrastive Representation Learning through Alignment and
/// Uniformity on the Hypersphere"): pull the pairs together, and spread the embeddings of each view,
/// <code>loss = alignment(x, y) + λ · (uniformity(x) + uniformity(y)) / 2</code>
/// with <see cref="AlignmentLoss"/> and <see cref="UniformityLoss"/>. The paper shows that the contrastive loss with many negatives does
/// both, and that the two alone do as well.
/// </summary>
/// <remarks>Rows are always normalized to unit length. The loss may be below zero.</remarks>
/// <param name="uniformityWeight">λ, at least zero. <value>The default is 1.</value></param>
/// <param name="alpha">α of the alignment, at least 1. <value>The default is 2, the paper's.</value></param>
/// <param name="t">t of the uniformity, above zero. <value>The default is 2, the paper's.</value></param>
/// <param name="blockwise">As in <see cref="UniformityLoss"/>. <value>The default is null: only for large batches.</value></param>
/// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
public sealed class AlignmentUniformityLoss(double uniformityWeight = 1, double alpha = 2, double t = 2, bool? blockwise = null) : ITwoViewLoss
{
    private readonly double _uniformityWeight = Require.NotNegative(uniformityWeight);
    private readonly AlignmentLoss _alignment = new(alpha);
    private readonly UniformityLoss _uniformity = new(t, blockwise);

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2)
    {
        Require.Pairs(view1, view2, atLeast: 2);
        using var scope = NewDisposeScope();
        var uniformity = (_uniformity.Compute(view1) + _uniformity.Compute(view2)) / 2;
        return (_alignment.Compute(view1, view2) + (uniformity * _uniformityWeight)).MoveToOuterDisposeScope();
    }
}
