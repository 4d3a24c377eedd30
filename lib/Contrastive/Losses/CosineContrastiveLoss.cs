using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// The pairwise contrastive loss in cosines:
/// <code>ℓ = 1 − cos  for a positive pair,    ℓ = max(0, cos − m)  for a negative pair,    loss = mean of ℓ over the pairs</code>
/// The pairs are those given, all N(N − 1)/2 of a labeled batch, or all N·M of a batch with references.
/// </summary>
/// <remarks>For given pairs it is torch's CosineEmbeddingLoss of the same margin, whose target is 1 for a similar pair and −1, not 0, for
/// a dissimilar one. Cosines do not depend on the lengths of the rows, so there is no <c>normalize</c> option.</remarks>
/// <param name="margin">m, the cosine below which a negative pair costs nothing, in [0, 1). <value>The default is 0; up to 0.5 is usual.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The margin is not in [0, 1).</exception>
public sealed class CosineContrastiveLoss(double margin = 0) : ILabeledLoss, IPairLoss
{
    private readonly double _margin = Require.Fraction(margin);

    /// <inheritdoc/>
    public Tensor Compute(Tensor embeddings, Tensor labels) => LabeledPairs.Compute(OfAll, embeddings, labels, normalize: true);

    /// <inheritdoc/>
    public Tensor Compute(Tensor embeddings, Tensor labels, Tensor references, Tensor referenceLabels) =>
        LabeledPairs.Compute(OfAll, embeddings, labels, references, referenceLabels, normalize: true);

    /// <inheritdoc/>
    public Tensor Compute(Tensor first, Tensor second, Tensor isSimilar)
    {
        Require.Pairs(first, second);
        using var scope = NewDisposeScope();
        var similar = LossInput.Similar(isSimilar, first); // [N]
        var distances = PairDistance.Cosine.OfRows(Similarity.Normalize(first), Similarity.Normalize(second)); // [N]
        return Costs(distances, similar).mean().MoveToOuterDisposeScope();
    }

    private Tensor OfAll(LabeledPairs pairs) => LabeledPairs.Mean(
        Costs(PairDistance.Cosine.Between(pairs.Anchors, pairs.Candidates), pairs.Positive), pairs.Any);

    private Tensor Costs(Tensor distances, Tensor similar) => where(similar, distances, (1 - _margin - distances).clamp_min(0));
}
