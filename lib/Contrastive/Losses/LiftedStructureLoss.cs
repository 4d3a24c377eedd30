using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Lifted structured loss (Song et al. 2016, "Deep Metric Learning via Lifted Structured Feature Embedding", equation 4). With D the
/// Euclidean distance, P the positive pairs and N(i) the rows of other classes than i's,
/// <code>J(i, j) = log( Σ_{k ∈ N(i)} exp(m − D(i, k)) + Σ_{l ∈ N(j)} exp(m − D(j, l)) ) + D(i, j),    loss = 1/(2|P|) · Σ_{(i, j) ∈ P} max(0, J(i, j))²</code>
/// Generalized (Hermans, Beyer, Leibe 2017, "In Defense of the Triplet Loss", section 2), over all positives of an anchor at once:
/// <code>ℓᵢ = max(0, log Σ_{p} exp(D(i, p)) + log Σ_{n ∈ N(i)} exp(m − D(i, n))),    loss = mean over the anchors that have a positive</code>
/// Against references i is a row of the batch and j a reference; N(i) are references and N(j) rows of the batch.
/// </summary>
/// <remarks>The gradient of the distance of two equal rows is taken as zero. Within a batch the LiftedStructureLoss of
/// pytorch-metric-learning is the first form with <c>normalize: true</c>; its generalized form counts anchors without a positive too, for
/// which the first logarithm is zero.</remarks>
/// <param name="margin">m, above zero. <value>The default is 1, the paper's.</value></param>
/// <param name="generalized">Whether to use the second form. <value>The default is false.</value></param>
/// <param name="normalize">Whether rows are normalized to unit length first. <value>The default is false, the paper's.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The margin is not above zero.</exception>
public sealed class LiftedStructureLoss(double margin = 1, bool generalized = false, bool normalize = false) : ILabeledLoss
{
    private readonly double _margin = Require.Positive(margin);

    /// <inheritdoc/>
    public Tensor Compute(Tensor embeddings, Tensor labels) => LabeledPairs.Compute(Of, embeddings, labels, normalize);

    /// <inheritdoc/>
    public Tensor Compute(Tensor embeddings, Tensor labels, Tensor references, Tensor referenceLabels) =>
        LabeledPairs.Compute(Of, embeddings, labels, references, referenceLabels, normalize);

    private Tensor Of(LabeledPairs pairs)
    {
        var distances = PairDistance.Euclidean.Between(pairs.Anchors, pairs.Candidates); // [N, M]
        return generalized ? OverAnchors(distances, pairs) : OverPairs(distances, pairs);
    }

    private Tensor OverPairs(Tensor distances, LabeledPairs pairs)
    {
        var ofAnchors = LabeledPairs.LogSumExp(_margin - distances, pairs.Negative).unsqueeze(1); // [N, 1]
        var ofCandidates = LabeledPairs.LogSumExp(_margin - distances, pairs.Negative, dim: 0).unsqueeze(0); // [1, M]
        var costs = ofAnchors.logaddexp(ofCandidates) + distances; // [N, M]
        return LabeledPairs.Mean(costs.clamp_min(0).square(), pairs.Positive) / 2;
    }

    private Tensor OverAnchors(Tensor distances, LabeledPairs pairs)
    {
        var pull = LabeledPairs.LogSumExp(distances, pairs.Positive); // [N]
        var push = LabeledPairs.LogSumExp(_margin - distances, pairs.Negative); // [N]
        return LabeledPairs.Mean((pull + push).clamp_min(0), pairs.Positive.any(1));
    }
}
