using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// The original contrastive loss (Chopra, Hadsell, LeCun 2005; in this form Hadsell, Chopra, LeCun 2006, "Dimensionality Reduction by
/// Learning an Invariant Mapping", equation 4). With D the Euclidean distance of a pair,
/// <code>ℓ = ½ D²  for a positive pair,    ℓ = ½ max(0, m − D)²  for a negative pair,    loss = mean over all N(N − 1)/2 pairs</code>
/// Positives are always pulled together; negatives are pushed apart only until their distance is m.
/// </summary>
/// <remarks>The gradient of the distance of two equal rows is taken as zero.</remarks>
/// <param name="margin">m, above zero. <value>The default is 1.</value></param>
/// <param name="normalize">Whether rows are normalized to unit length first. <value>The default is false, the paper's.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The margin is not above zero.</exception>
public sealed class PairwiseContrastiveLoss(double margin = 1, bool normalize = false) : ILabeledLoss
{
    private readonly double _margin = Require.Positive(margin);

    /// <inheritdoc/>
    public Tensor Compute(Tensor embeddings, Tensor labels)
    {
        Require.Matrix(embeddings, atLeast: 2);
        LossInput.Labels(labels, embeddings);
        using var scope = NewDisposeScope();
        var distances = Distances.Between(Similarity.Prepare(embeddings, normalize)); // [N, N]
        var (positive, negative) = PairMasks.Of(labels);
        var pulled = distances.square() * positive; // [N, N]
        var pushed = (_margin - distances).clamp_min(0).square() * negative; // [N, N]
        var ordered = (double)embeddings.size(0) * (embeddings.size(0) - 1); // each pair occurs twice in the matrix
        return ((pulled + pushed).sum() / (2 * ordered)).MoveToOuterDisposeScope();
    }
}
