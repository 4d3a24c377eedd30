using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Multiple negatives ranking (Henderson et al. 2017): each anchor must find its positive among all positives and all hard negatives of
/// the batch, as in SimCSE (Gao et al. 2021, equations 4 and 5) and DPR (Karpukhin et al. 2020, equation 2). With s = similarity / τ,
/// <code>ℓᵢ = −log( exp(s(aᵢ, pᵢ)) / Σⱼ ( exp(s(aᵢ, pⱼ)) + exp(s(aᵢ, hⱼ) + w·[i = j]) ) ),    loss = mean of ℓ over the anchors</code>
/// Each anchor is scored against every hard negative of the batch; w is added to the logits of its own.
/// Further directions (<see cref="RankingDirections"/>) add their terms to the sum, as in GTE (Li et al. 2023, "Towards General Text Embeddings
/// with Multi-stage Contrastive Learning", section 3.2) and in sentence-transformers' <c>partition_mode="joint"</c>; or, if separate, each
/// has a sum Zᵢ of its own, and the loss is the mean of their ln Zᵢ less s(aᵢ, pᵢ), sentence-transformers' <c>"per_direction"</c>; a direction
/// in which an anchor has no term costs it nothing.
/// </summary>
/// <remarks>SimCSE: <c>new MultipleNegativesRankingLoss()</c>. DPR: <c>new MultipleNegativesRankingLoss(temperature: 1, normalize: false)</c>,
/// raw dot products. Both directions of text pairs, as CLIP: <c>directions: RankingDirections.QueryToDocument |
/// RankingDirections.DocumentToQuery, separate: true</c>.</remarks>
/// <param name="temperature">τ, above zero. <value>The default is 0.05, SimCSE's.</value></param>
/// <param name="hardNegativeWeight">w. <value>The default is 0, the papers'; above 0 an anchor's own hard negatives count more.</value></param>
/// <param name="directions">What is ranked for what. <value>The default is queries to documents.</value></param>
/// <param name="separate">Whether each direction has a softmax of its own. <value>The default is false.</value></param>
/// <param name="normalize">Whether the similarity is the cosine, not the dot product. <value>The default is true.</value></param>
/// <param name="blockwise">Whether the similarities are computed in blocks and never all held: the same value and gradient, in little
/// memory, but no second derivatives. <value>The default is null: only for large batches.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The temperature is not above zero, the weight is not finite, or the directions lack
/// queries to documents.</exception>
public sealed class MultipleNegativesRankingLoss(
    double temperature = 0.05, double hardNegativeWeight = 0, RankingDirections directions = RankingDirections.QueryToDocument, bool separate = false,
    bool normalize = true, bool? blockwise = null) : IRankingLoss, INegativesLoss
{
    private readonly double _temperature = Require.Positive(temperature);
    private readonly double _hardNegativeWeight = Require.Finite(hardNegativeWeight);
    private readonly RankingDirections _directions = (directions & ~RankingDirections.All) == 0 && directions.HasFlag(RankingDirections.QueryToDocument)
        ? directions
        : throw Require.OutOfRange(nameof(directions), directions, "QueryToDocument, alone or with other directions");

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2) => Compute(view1, view2, null, Negatives.All);

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2, Negatives negatives) => Compute(view1, view2, null, negatives);

    /// <inheritdoc/>
    public Tensor Compute(Tensor anchors, Tensor positives, Tensor? hardNegatives) => Compute(anchors, positives, hardNegatives, Negatives.All);

    /// <inheritdoc/>
    public Tensor Compute(Tensor anchors, Tensor positives, Tensor? hardNegatives, Negatives negatives)
    {
        Require.Pairs(anchors, positives, atLeast: 2);
        using var scope = NewDisposeScope();
        var hard = hardNegatives is null ? null : LossInput.HardNegatives(hardNegatives, anchors); // [N, H, D]
        var rules = new RankingRules(negatives, anchors, hard?.size(1) ?? 0, _directions);

        var queries = Prepare(anchors) / _temperature; // [N, D]
        var first = Prepare(positives);
        var documents = hard is null ? first : cat([first, Prepare(hard).reshape(-1, hard.size(2))], dim: 0); // [N (1 + H), D]
        var positive = (queries * first).sum(dim: 1); // [N]
        List<Tensor> withPositive = [Products.LogSumExp(queries, documents, rules.QueryToDocument(_hardNegativeWeight), blockwise)]; // each [N], negatives only
        List<Tensor> without = [];
        if (_directions.HasFlag(RankingDirections.DocumentToQuery))
            withPositive.Add(Products.LogSumExp(first, queries, rules.DocumentToQuery(), blockwise));
        if (_directions.HasFlag(RankingDirections.QueryToQuery))
            without.Add(Products.LogSumExp(queries, queries * _temperature, rules.QueryToQuery(), blockwise));
        if (_directions.HasFlag(RankingDirections.DocumentToDocument))
            without.Add(Products.LogSumExp(first / _temperature, documents, rules.DocumentToDocument(), blockwise));
        return (separate ? Separate(positive, withPositive, without) : Joint(positive, withPositive, without)).mean().MoveToOuterDisposeScope();
    }

    // −ln( exp(s⁺) / (n exp(s⁺) + Σ) ), n being how many directions contain the positive.
    private static Tensor Joint(Tensor positive, List<Tensor> withPositive, List<Tensor> without)
    {
        var logCount = Math.Log(withPositive.Count);
        return Products.CrossEntropy(positive + logCount, stack([.. withPositive, .. without]).logsumexp(dim: 0)) + logCount;
    }

    private static Tensor Separate(Tensor positive, List<Tensor> withPositive, List<Tensor> without) =>
        stack([.. withPositive.Select(sum => Products.CrossEntropy(positive, sum)), .. without.Select(sum => (sum - positive).masked_fill(sum.isneginf(), 0))]).mean([0]);

    private Tensor Prepare(Tensor embeddings) => Similarity.Prepare(embeddings, normalize);
}

/// <summary>What a ranking loss ranks for what: queries are its anchors, documents its positives and hard negatives.</summary>
[Flags]
public enum RankingDirections
{
    /// <summary>Each query's document among all documents. Always included.</summary>
    QueryToDocument = 1,

    /// <summary>Each positive document's query among all queries.</summary>
    DocumentToQuery = 2,

    /// <summary>Queries are apart from each other.</summary>
    QueryToQuery = 4,

    /// <summary>Each positive document is apart from the documents of other queries, their hard negatives included.</summary>
    DocumentToDocument = 8,

    /// <summary>All four, as GTE trains.</summary>
    All = QueryToDocument | DocumentToQuery | QueryToQuery | DocumentToDocument,
}
