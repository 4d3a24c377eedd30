using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// The pairwise contrastive loss in cosines (the form of torch's CosineEmbeddingLoss):
/// <code>ℓ = 1 − cos  for a positive pair,    ℓ = max(0, cos − m)  for a negative pair,    loss = mean over all N(N − 1)/2 pairs</code>
/// </summary>
/// <remarks>Cosines do not depend on the lengths of the rows, so there is no <c>normalize</c> option.</remarks>
/// <param name="margin">m, the cosine below which a negative pair costs nothing, in [0, 1). <value>The default is 0; up to 0.5 is usual.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The margin is not in [0, 1).</exception>
public sealed class CosineContrastiveLoss(double margin = 0) : ILabeledLoss
{
    private readonly double _margin = Require.Fraction(margin);

    /// <inheritdoc/>
    public Tensor Compute(Tensor embeddings, Tensor labels)
    {
        Require.Matrix(embeddings, atLeast: 2);
        LossInput.Labels(labels, embeddings);
        using var scope = NewDisposeScope();
        var cosines = Similarity.Cosine(embeddings, embeddings); // [N, N]
        var (positive, negative) = PairMasks.Of(labels);
        var pulled = (1 - cosines) * positive; // [N, N]
        var pushed = (cosines - _margin).clamp_min(0) * negative; // [N, N]
        var ordered = (double)embeddings.size(0) * (embeddings.size(0) - 1); // each pair occurs twice in the matrix
        return ((pulled + pushed).sum() / ordered).MoveToOuterDisposeScope();
    }
}
