using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Triplet loss (Schroff et al. 2015, "FaceNet", equation 2). For an anchor a, a row p of its class and a row n of another,
/// <code>ℓ = max(0, D(a, p) − D(a, n) + m),    loss = mean of ℓ over the triplets that <see cref="TripletMining"/> chooses</code>
/// with D the squared Euclidean distance of unit-length embeddings. A batch with only one class has no triplets and a loss of zero.
/// </summary>
/// <param name="margin">m, at least zero. <value>The default is 0.2, the paper's.</value></param>
/// <param name="mining">The triplets used. <value>The default is <see cref="TripletMining.All"/>; the paper trains with
/// <see cref="TripletMining.SemiHard"/>.</value></param>
/// <param name="squared">Whether distances are squared. <value>The default is true, as in the paper.</value></param>
/// <param name="onlyNonZero">Whether triplets that cost nothing are left out of the mean. <value>The default is false.</value></param>
/// <param name="normalize">Whether rows are normalized to unit length first. <value>The default is true, the paper's.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The margin is negative, or the mining is not a defined value.</exception>
public sealed class TripletLoss(
    double margin = 0.2, TripletMining mining = TripletMining.All, bool squared = true, bool onlyNonZero = false, bool normalize = true) : ILabeledLoss
{
    private readonly double _margin = Require.NotNegative(margin);

    private readonly TripletMining _mining = Require.Defined(mining);

    /// <inheritdoc/>
    public Tensor Compute(Tensor embeddings, Tensor labels)
    {
        Require.Matrix(embeddings, atLeast: 2);
        LossInput.Labels(labels, embeddings);
        using var scope = NewDisposeScope();
        var z = Similarity.Prepare(embeddings, normalize);
        var distances = Distances.Between(z); // [N, N]
        if (squared)
            distances = distances.square();
        var masks = PairMasks.Of(labels);
        var costs = (_mining switch
        {
            TripletMining.All => All(distances, masks),
            TripletMining.Hard => Hard(distances, masks),
            _ => SemiHard(distances, masks),
        } + _margin).clamp_min(0); // [T]

        var counted = onlyNonZero ? costs.gt(0).sum().item<long>() : costs.numel();
        return (costs.sum() / Math.Max(counted, 1)).MoveToOuterDisposeScope();
    }

    // D(a, p) − D(a, n) of each triplet: [T]
    private static Tensor All(Tensor distances, PairMasks masks)
    {
        var (anchors, toPositive) = PositivePairs(distances, masks); // [K]
        var differences = toPositive.unsqueeze(1) - distances.index_select(0, anchors); // [K, N]
        return differences.masked_select(masks.Negative.index_select(0, anchors));
    }

    private static Tensor Hard(Tensor distances, PairMasks masks)
    {
        var complete = masks.Positive.any(1).logical_and(masks.Negative.any(1)); // [N], has both a positive and a negative
        var farthest = distances.masked_fill(masks.Positive.logical_not(), double.NegativeInfinity).max(1).values; // [N]
        var nearest = distances.masked_fill(masks.Negative.logical_not(), double.PositiveInfinity).min(1).values; // [N]
        return farthest.masked_select(complete) - nearest.masked_select(complete);
    }

    private static Tensor SemiHard(Tensor distances, PairMasks masks)
    {
        var (anchors, toPositive) = PositivePairs(distances, masks); // [K]
        var toOthers = distances.index_select(0, anchors); // [K, N]
        var negative = masks.Negative.index_select(0, anchors); // [K, N]
        var farther = negative.logical_and(toOthers.gt(toPositive.unsqueeze(1))); // [K, N]
        var nearestFarther = toOthers.masked_fill(farther.logical_not(), double.PositiveInfinity).min(1).values; // [K]
        var farthest = toOthers.masked_fill(negative.logical_not(), double.NegativeInfinity).max(1).values; // [K]
        var chosen = where(farther.any(1), nearestFarther, farthest);
        return (toPositive - chosen).masked_select(negative.any(1));
    }

    private static (Tensor Anchors, Tensor Distances) PositivePairs(Tensor distances, PairMasks masks) =>
        (masks.Positive.nonzero().select(1, 0), distances.masked_select(masks.Positive));
}

/// <summary>Which triplets of a batch <see cref="TripletLoss"/> uses.</summary>
public enum TripletMining
{
    /// <summary>Every anchor with each of its positives and each negative ("batch all").</summary>
    All,

    /// <summary>Each anchor once: its farthest positive and its nearest negative ("batch hard", Hermans et al. 2017, equation 5).</summary>
    Hard,

    /// <summary>Each positive pair once: the nearest negative that is farther than the positive (Schroff et al. 2015, equation 4), or,
    /// if there is none, the farthest negative.</summary>
    SemiHard,
}
