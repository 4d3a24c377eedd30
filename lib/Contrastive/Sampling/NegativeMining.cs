using Contrastive.Retrieval;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>
/// Hard negatives from an index: for each anchor the most similar items of the whole collection that are not its positives (Xiong et al.
/// 2021, "ANCE"). Search with the current encoder and repeat regularly, as the index goes stale while the encoder trains.
/// </summary>
/// <remarks><see cref="HardNegativeMining"/> mines texts by any search, and knows answers, margins and ranks.</remarks>
public static class NegativeMining
{
    /// <summary>The hardest negatives by exact search over all items.</summary>
    /// <param name="anchors">Embeddings, float <c>[Q, D]</c>; normalized here.</param>
    /// <param name="items">Embeddings of the collection, float <c>[N, D]</c>; normalized here.</param>
    /// <param name="count">K negatives for each anchor.</param>
    /// <param name="anchorGroups">int64 <c>[Q]</c>: items of the anchor's own group (its label, its own id) are positives, never mined.</param>
    /// <param name="itemGroups">int64 <c>[N]</c>.</param>
    /// <param name="skip">How many of the very hardest to leave out, as they are often false negatives. <value>The default is 0.</value></param>
    /// <returns>The items' indices, int64 <c>[Q, K]</c>, hardest first.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or an anchor has fewer than skip + K items outside its group.</exception>
    public static Tensor Hardest(Tensor anchors, Tensor items, int count, Tensor anchorGroups, Tensor itemGroups, int skip = 0)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentNullException.ThrowIfNull(anchorGroups);
        ArgumentNullException.ThrowIfNull(itemGroups);
        Require.AtLeast(count, 1);
        Require.AtLeast(skip, 0);
        Require.Shape(items, "[N, D]");
        if (skip + count > items.size(0))
            throw Require.OutOfRange(nameof(count), count, $"at most {items.size(0) - skip}: there are {items.size(0)} items, and {skip} are skipped");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (_, places) = ExactSearch.TopK(Similarity.Normalize(anchors), Similarity.Normalize(items), skip + count, anchorGroups, itemGroups); // [Q, skip + K]
        if ((places < 0).any().item<bool>())
            throw new ArgumentException($"An anchor has fewer than {skip + count} items outside its group; mine or skip fewer.", nameof(count));
        return places.narrow(1, skip, count).contiguous().MoveToOuterDisposeScope();
    }
}
