using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Lifted structured loss (Song et al. 2016, "Deep Metric Learning via Lifted Structured Feature Embedding", equation 4). With D the
/// Euclidean distance, P the positive pairs and N(i) the rows of other classes than i's,
/// <code>J(i, j) = log( Σ_{k ∈ N(i)} exp(m − D(i, k)) + Σ_{l ∈ N(j)} exp(m − D(j, l)) ) + D(i, j),    loss = 1/(2|P|) · Σ_{(i, j) ∈ P} max(0, J(i, j))²</code>
/// Generalized (Hermans, Beyer, Leibe 2017, "In Defense of the Triplet Loss", equation 6), over all positives of an anchor at once:
/// <code>ℓᵢ = max(0, log Σ_{p} exp(D(i, p)) + log Σ_{n ∈ N(i)} exp(m − D(i, n))),    loss = mean over the anchors that have a positive</code>
/// </summary>
/// <remarks>The gradient of the distance of two equal rows is taken as zero.</remarks>
/// <param name="margin">m, above zero. <value>The default is 1, the paper's.</value></param>
/// <param name="generalized">Whether to use the second form. <value>The default is false.</value></param>
/// <param name="normalize">Whether rows are normalized to unit length first. <value>The default is false, the paper's.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The margin is not above zero.</exception>
public sealed class LiftedStructureLoss(double margin = 1, bool generalized = false, bool normalize = false) : ILabeledLoss
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
        var push = PairMasks.LogSumExp(_margin - distances, negative); // [N]
        return (generalized ? OverAnchors(distances, push, positive) : OverPairs(distances, push, positive)).MoveToOuterDisposeScope();
    }

    private static Tensor OverPairs(Tensor distances, Tensor push, Tensor positive)
    {
        var costs = push.unsqueeze(1).logaddexp(push.unsqueeze(0)) + distances; // [N, N]
        return costs.masked_select(positive).clamp_min(0).square().mean() / 2; // each pair occurs twice in sum and count
    }

    private static Tensor OverAnchors(Tensor distances, Tensor push, Tensor positive)
    {
        var pull = PairMasks.LogSumExp(distances, positive); // [N]
        return (pull + push).masked_select(positive.any(1)).clamp_min(0).mean();
    }
}
