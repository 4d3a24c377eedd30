using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// The original contrastive loss (Chopra, Hadsell, LeCun 2005; in this form Hadsell, Chopra, LeCun 2006, "Dimensionality Reduction by
/// Learning an Invariant Mapping", equation 4). With D the distance of a pair,
/// <code>ℓ = ½ D²  for a positive pair,    ℓ = ½ max(0, m − D)²  for a negative pair,    loss = mean of ℓ over the pairs</code>
/// Positives are always pulled together; negatives are pushed apart only until their distance is m. The pairs are those given, all
/// N(N − 1)/2 of a labeled batch, or all N·M of a batch with references.
/// </summary>
/// <remarks>The ContrastiveLoss of sentence-transformers, with its defaults, is <c>new PairwiseContrastiveLoss(0.5, PairDistance.Cosine)</c>
/// of given pairs. That of pytorch-metric-learning is another: neither squared nor halved, and the mean over the positive pairs that
/// cost something plus the mean over such negative pairs.</remarks>
/// <param name="margin">m, above zero. <value>The default is 1.</value></param>
/// <param name="distance">D. <value>The default is <see cref="PairDistance.Euclidean"/>, the paper's.</value></param>
/// <param name="normalize">Whether rows are normalized to unit length first. <value>The default is false, the paper's.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The margin is not above zero, or the distance is not a defined value.</exception>
public sealed class PairwiseContrastiveLoss(double margin = 1, PairDistance distance = PairDistance.Euclidean, bool normalize = false)
    : ILabeledLoss, IPairLoss
{
    private readonly double _margin = Require.Positive(margin);
    private readonly PairDistance _distance = Require.Defined(distance);
    private readonly bool _normalize = distance.Normalizes(normalize);

    /// <inheritdoc/>
    public Tensor Compute(Tensor embeddings, Tensor labels) => LabeledPairs.Compute(OfAll, embeddings, labels, _normalize);

    /// <inheritdoc/>
    public Tensor Compute(Tensor embeddings, Tensor labels, Tensor references, Tensor referenceLabels) =>
        LabeledPairs.Compute(OfAll, embeddings, labels, references, referenceLabels, _normalize);

    /// <inheritdoc/>
    public Tensor Compute(Tensor first, Tensor second, Tensor isSimilar)
    {
        Require.Pairs(first, second);
        using var scope = NewDisposeScope();
        var similar = LossInput.Similar(isSimilar, first); // [N]
        var distances = _distance.OfRows(Similarity.Prepare(first, _normalize), Similarity.Prepare(second, _normalize)); // [N]
        return Costs(distances, similar).mean().MoveToOuterDisposeScope();
    }

    private Tensor OfAll(LabeledPairs pairs) =>
        LabeledPairs.Mean(Costs(_distance.Between(pairs.Anchors, pairs.Candidates), pairs.Positive), pairs.Any);

    private Tensor Costs(Tensor distances, Tensor similar) =>
        where(similar, distances.square(), (_margin - distances).clamp_min(0).square()) / 2;
}
