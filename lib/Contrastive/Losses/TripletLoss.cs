using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Triplet loss (Schroff et al. 2015, "FaceNet", section 3.1). For an anchor a, a row p of its class and a row n of another,
/// <code>ℓ = max(0, D(a, p) − D(a, n) + m),    loss = mean of ℓ over the triplets</code>
/// The triplets are those given, or those that <see cref="TripletMining"/> chooses in a labeled batch; none, as in a batch of one class,
/// give a loss of zero. Two variants:
/// <code>soft margin:  ℓ = log(1 + exp(D(a, p) − D(a, n)))
/// swap:         min(D(a, n), D(p, n)) in place of D(a, n)</code>
/// The soft margin (Hermans, Beyer, Leibe 2017, "In Defense of the Triplet Loss") goes on pulling where the margin ends. The swap (Balntas
/// et al. 2016, "Learning Local Feature Descriptors with Triplets and Shallow Convolutional Neural Networks") takes the harder of two
/// negative pairs, for triplets that are given or chosen without regard to it.
/// </summary>
/// <example>
/// To look at the mined triplets, or to choose among them:
/// <code>
/// var mined = loss.Mine(z, labels);
/// var same = loss.Compute(z.index_select(0, mined.Anchors), z.index_select(0, mined.Positives), z.index_select(0, mined.Negatives));
/// </code>
/// gives <c>loss.Compute(z, labels)</c>.
/// </example>
/// <remarks>
/// Others' definitions in these arguments, e being <see cref="PairDistance.Euclidean"/>:
/// <list type="bullet">
/// <item>torch's TripletMarginLoss(margin, swap): (margin, distance: e, swap: swap, normalize: false), but for the 10⁻⁶ that it adds to each
/// difference; its TripletMarginWithDistanceLoss the same with another distance.</item>
/// <item>TripletLoss of sentence-transformers: (5, distance: e, normalize: false); its BatchAllTripletLoss: (5, distance: e, onlyNonZero:
/// true, normalize: false).</item>
/// <item>TripletMarginLoss of pytorch-metric-learning, which takes all triplets and the mean over those that cost something: (0.05,
/// distance: e, onlyNonZero: true). Its smooth loss keeps the margin, log(1 + exp(D(a, p) − D(a, n) + m)): with m = 0 it is the soft
/// margin.</item>
/// </list>
/// </remarks>
/// <param name="margin">m, at least zero, or null for the soft margin. <value>The default is 0.2, the paper's.</value></param>
/// <param name="mining">The triplets of a labeled batch. <value>The default is <see cref="TripletMining.All"/>; the paper trains with
/// <see cref="TripletMining.SemiHard"/>.</value></param>
/// <param name="distance">D. <value>The default is <see cref="PairDistance.SquaredEuclidean"/>, the paper's; with
/// <see cref="PairDistance.Euclidean"/> Hermans et al. saw fewer collapses.</value></param>
/// <param name="swap">Whether to use the swap. <value>The default is false.</value></param>
/// <param name="onlyNonZero">Whether triplets that cost nothing are left out of the mean. <value>The default is false.</value></param>
/// <param name="normalize">Whether rows are normalized to unit length first. <value>The default is true, the paper's.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The margin is negative, or the mining or distance is not a defined value.</exception>
public sealed class TripletLoss(
    double? margin = 0.2, TripletMining mining = TripletMining.All, PairDistance distance = PairDistance.SquaredEuclidean, bool swap = false,
    bool onlyNonZero = false, bool normalize = true) : ILabeledLoss, ITripletLoss
{
    private readonly double? _margin = margin is { } given ? Require.NotNegative(given, nameof(margin)) : null;
    private readonly TripletMining _mining = Require.Defined(mining);
    private readonly PairDistance _distance = Require.Defined(distance);
    private readonly bool _normalize = distance.Normalizes(normalize);

    /// <inheritdoc/>
    public Tensor Compute(Tensor embeddings, Tensor labels) => LabeledPairs.Compute(OfMined, embeddings, labels, _normalize);

    /// <inheritdoc/>
    public Tensor Compute(Tensor embeddings, Tensor labels, Tensor references, Tensor referenceLabels) =>
        LabeledPairs.Compute(OfMined, embeddings, labels, references, referenceLabels, _normalize);

    /// <inheritdoc/>
    public Tensor Compute(Tensor anchors, Tensor positives, Tensor negatives)
    {
        Require.Pairs(anchors, positives);
        Require.Pairs(anchors, negatives);
        using var scope = NewDisposeScope();
        var (a, p, n) = (Similarity.Prepare(anchors, _normalize), Similarity.Prepare(positives, _normalize), Similarity.Prepare(negatives, _normalize));
        var toNegative = _distance.OfRows(a, n); // [N]
        if (swap)
            toNegative = toNegative.minimum(_distance.OfRows(p, n));
        return Mean(_distance.OfRows(a, p) - toNegative).MoveToOuterDisposeScope();
    }

    /// <summary>The triplets of a labeled batch that the loss uses; those of <see cref="TripletMining.All"/> are many, of the order of
    /// N³.</summary>
    /// <param name="embeddings">Embeddings <c>[N, D]</c>, float, N at least 2.</param>
    /// <param name="labels">Class of each row <c>[N]</c>, an integer type. At least two rows must share a label.</param>
    /// <returns>The indices of the triplets, in the order of their anchors.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Compute(Tensor, Tensor)"/>.</exception>
    public Triplets Mine(Tensor embeddings, Tensor labels)
    {
        using var scope = NewDisposeScope();
        return List(LabeledPairs.Within(embeddings, labels, _normalize));
    }

    /// <summary>The triplets of a labeled batch and references that the loss uses.</summary>
    /// <param name="embeddings">The anchors <c>[N, D]</c>, float, N at least 1.</param>
    /// <param name="labels">Class of each anchor <c>[N]</c>, an integer type.</param>
    /// <param name="references">Positives and negatives <c>[M, D]</c> of the same type and device; M may be zero.</param>
    /// <param name="referenceLabels">Class of each reference <c>[M]</c>, an integer type.</param>
    /// <returns>The indices of the triplets, in the order of their anchors.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Compute(Tensor, Tensor, Tensor, Tensor)"/>.</exception>
    public Triplets Mine(Tensor embeddings, Tensor labels, Tensor references, Tensor referenceLabels)
    {
        using var scope = NewDisposeScope();
        return List(LabeledPairs.Against(embeddings, labels, references, referenceLabels, _normalize));
    }

    private Triplets List(LabeledPairs pairs)
    {
        using var noGradient = no_grad();
        var mined = MinedPairs.Choose(_mining, _distance.Between(pairs.Anchors, pairs.Candidates), pairs).List();
        return new Triplets(
            mined.Anchors.MoveToOuterDisposeScope(), mined.Positives.MoveToOuterDisposeScope(), mined.Negatives.MoveToOuterDisposeScope());
    }

    private Tensor OfMined(LabeledPairs pairs)
    {
        var distances = _distance.Between(pairs.Anchors, pairs.Candidates); // [N, M]
        var mined = MinedPairs.Choose(_mining, distances, pairs);
        var toPositive = distances.take((mined.Anchors * distances.size(1)) + mined.Positives); // [K]
        var toNegatives = distances.index_select(0, mined.Anchors); // [K, M]
        if (swap)
        {
            var (positives, places, _) = mined.Positives.unique(return_inverse: true);
            var ofPositives = _distance.Between(pairs.Candidates.index_select(0, positives), pairs.Candidates); // [P, M]
            toNegatives = toNegatives.minimum(ofPositives.index_select(0, places!));
        }

        return Mean((toPositive.unsqueeze(1) - toNegatives).masked_select(mined.Negatives));
    }

    // Of D(a, p) − D(a, n) for each triplet: [T]
    private Tensor Mean(Tensor differences)
    {
        var costs = _margin is { } m ? (differences + m).clamp_min(0) : Products.Softplus(differences);
        var counted = onlyNonZero ? costs.gt(0).sum().item<long>() : costs.numel();
        return costs.sum() / Math.Max(counted, 1);
    }
}
