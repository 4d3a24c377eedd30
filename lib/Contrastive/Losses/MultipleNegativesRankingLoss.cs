using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Multiple negatives ranking (Henderson et al. 2017): each anchor must find its positive among all positives and all hard negatives of
/// the batch, as in SimCSE (Gao et al. 2021, equations 4 and 5) and DPR (Karpukhin et al. 2020, equation 2). With s = similarity / τ,
/// <code>ℓᵢ = −log( exp(s(aᵢ, pᵢ)) / Σⱼ ( exp(s(aᵢ, pⱼ)) + exp(s(aᵢ, hⱼ) + w·[i = j]) ) ),    loss = mean of ℓ over the anchors</code>
/// One direction only. Each anchor is scored against every hard negative of the batch; w is added to the logits of its own.
/// </summary>
/// <remarks>SimCSE: <c>new MultipleNegativesRankingLoss()</c>. DPR: <c>new MultipleNegativesRankingLoss(temperature: 1, normalize: false)</c>,
/// raw dot products.</remarks>
/// <param name="temperature">τ, above zero. <value>The default is 0.05, SimCSE's.</value></param>
/// <param name="hardNegativeWeight">w. <value>The default is 0, the papers'; above 0 an anchor's own hard negatives count more.</value></param>
/// <param name="normalize">Whether the similarity is the cosine, not the dot product. <value>The default is true.</value></param>
/// <param name="blockwise">Whether the similarities are computed in blocks and never all held: the same value and gradient, in little
/// memory, but no second derivatives. <value>The default is null: only for large batches.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The temperature is not above zero, or the weight is not finite.</exception>
public sealed class MultipleNegativesRankingLoss(
    double temperature = 0.05, double hardNegativeWeight = 0, bool normalize = true, bool? blockwise = null) : IRankingLoss, ITwoViewLoss
{
    private readonly double _temperature = Require.Positive(temperature);
    private readonly double _hardNegativeWeight = Require.Finite(hardNegativeWeight);

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2) => Loss(view1, view2, null, null);

    /// <inheritdoc/>
    public Tensor Compute(Tensor anchors, Tensor positives, Tensor? hardNegatives) => Loss(anchors, positives, hardNegatives, null);

    /// <summary>The same for a batch in which an item may occur twice: an item is never a negative of the anchor it belongs to.</summary>
    /// <param name="anchors">Embeddings <c>[N, D]</c>.</param>
    /// <param name="positives">Embeddings <c>[N, D]</c>.</param>
    /// <param name="hardNegatives">None, <c>[N, D]</c> or <c>[N, H, D]</c>.</param>
    /// <param name="ids">Integers: the item of each positive <c>[N]</c>, or followed by those of its hard negatives
    /// <c>[N, 1 + H]</c>.</param>
    /// <returns>A scalar, attached to the autograd graph.</returns>
    /// <exception cref="ArgumentException">As for the overload without ids, or the ids do not fit the batch.</exception>
    public Tensor Compute(Tensor anchors, Tensor positives, Tensor? hardNegatives, Tensor ids) => Loss(anchors, positives, hardNegatives, ids);

    private Tensor Loss(Tensor anchors, Tensor positives, Tensor? hardNegatives, Tensor? ids)
    {
        Require.Pairs(anchors, positives, atLeast: 2);
        using var scope = NewDisposeScope();
        var hard = hardNegatives is null ? null : LossInput.HardNegatives(hardNegatives, anchors); // [N, H, D]
        var columns = ids is null ? null : LossInput.RankingIds(ids, anchors, hard?.size(1) ?? 0); // [N, 1] or [N, 1 + H]

        var a = Prepare(anchors) / _temperature;
        var positive = Prepare(positives);
        var score = (a * positive).sum(dim: 1); // [N]
        List<Tensor> logits = [score, Others(a, positive, columns, 0)]; // each [N]
        for (var h = 0; h < (hard?.size(1) ?? 0); h++)
        {
            var negative = Prepare(hard!.select(1, h)); // [N, D]
            logits.Add(Own(a, negative, columns, 1 + h));
            logits.Add(Others(a, negative, columns, 1 + h));
        }

        return (stack(logits).logsumexp(dim: 0) - score).mean().MoveToOuterDisposeScope();
    }

    // The anchor's own hard negative, unless it is the positive itself.
    private Tensor Own(Tensor anchors, Tensor negatives, Tensor? ids, int column)
    {
        var score = (anchors * negatives).sum(dim: 1) + _hardNegativeWeight; // [N]
        return ids is null || column >= ids.size(1) ? score : score.masked_fill(ids.select(1, 0).eq(ids.select(1, column)), double.NegativeInfinity);
    }

    // The candidates of the other anchors, unless one is the anchor's positive.
    private Tensor Others(Tensor anchors, Tensor candidates, Tensor? ids, int column)
    {
        var exclusion = ids is null || column >= ids.size(1)
            ? new Exclusion(Diagonal: true)
            : new Exclusion(Diagonal: true, ids.select(1, 0), ids.select(1, column));
        return Products.LogSumExp(anchors, candidates, exclusion, blockwise);
    }

    private Tensor Prepare(Tensor embeddings) => Similarity.Prepare(embeddings, normalize);
}
