using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Retrieval;

/// <summary>
/// Exact search for the best-scoring items of each query, in blocks of queries: all scores are computed, but never all held at once.
/// Deterministic: among equal scores the item that comes first wins.
/// </summary>
public static class ExactSearch
{
    /// <summary>Scores held at once: 16 million, 64 MB in float32.</summary>
    private const long BlockElements = 1 << 24;

    /// <summary>The <paramref name="topK"/> items with the highest dot product with each query, best first.</summary>
    /// <param name="queries">Float <c>[Q, D]</c>. Normalize queries and items to search by cosine.</param>
    /// <param name="items">Float <c>[N, D]</c>, of the same type and device.</param>
    /// <param name="topK">K, from 1 to N.</param>
    /// <param name="queryGroups">int64 <c>[Q]</c>, with <paramref name="itemGroups"/>: items of the query's own group are excluded.
    /// None by default.</param>
    /// <param name="itemGroups">int64 <c>[N]</c>.</param>
    /// <returns>Scores <c>[Q, K]</c> and the items' indices, int64 <c>[Q, K]</c>. If a query has fewer than K items outside its
    /// group, the rest have score −∞ and index −1.</returns>
    /// <exception cref="ArgumentException">The shapes, types or devices do not fit, K is not in 1 … N, or only one of the groups is
    /// given.</exception>
    public static (Tensor Scores, Tensor Indices) TopK(
        Tensor queries, Tensor items, int topK, Tensor? queryGroups = null, Tensor? itemGroups = null) =>
        TopK(queries, items, topK, queryGroups, itemGroups, BlockElements);

    internal static (Tensor Scores, Tensor Indices) TopK(
        Tensor queries, Tensor items, int topK, Tensor? queryGroups, Tensor? itemGroups, long blockElements)
    {
        Check(queries, items, topK, queryGroups, itemGroups);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (total, candidates) = (queries.size(0), items.size(0));
        var scores = empty([total, topK], queries.dtype, queries.device);
        var indices = empty([total, topK], int64, queries.device);
        var blockRows = Math.Clamp(blockElements / candidates, 1, Math.Max(total, 1));
        var buffer = empty([blockRows, candidates], queries.dtype, queries.device);
        for (var start = 0L; start < total; start += blockRows)
        {
            using var block = NewDisposeScope();
            var rows = Math.Min(blockRows, total - start);
            var all = buffer.narrow(0, 0, rows).addmm_(queries.narrow(0, start, rows), items.t(), beta: 0, alpha: 1); // [rows, N]
            if (queryGroups is not null)
                all.masked_fill_(queryGroups.narrow(0, start, rows).unsqueeze(1) == itemGroups!.unsqueeze(0), double.NegativeInfinity);
            var (best, places) = Best(all, topK);
            scores.narrow(0, start, rows).copy_(best);
            indices.narrow(0, start, rows).copy_(places.masked_fill(best == double.NegativeInfinity, -1));
        }

        return (scores.MoveToOuterDisposeScope(), indices.MoveToOuterDisposeScope());
    }

    /// <summary>Top K of each row, by score descending, then index ascending. A plain top K leaves the order of ties unspecified.</summary>
    private static (Tensor Scores, Tensor Places) Best(Tensor scores, int count)
    {
        var (values, places) = scores.topk(count, 1); // [rows, K]
        var tied = ((scores >= values.narrow(1, count - 1, 1)).sum(dim: 1) > count).nonzero().squeeze(1);
        if (tied.numel() > 0)
        {
            // More items than K reach the last score: only these rows pay for a full sort.
            var (sorted, order) = scores.index_select(0, tied).sort(1, true, true);
            values.index_copy_(0, tied, sorted.narrow(1, 0, count));
            places.index_copy_(0, tied, order.narrow(1, 0, count));
        }

        var (byPlace, first) = places.sort(1, false, true);
        var (byScore, second) = values.gather(1, first).sort(1, true, true);
        return (byScore, byPlace.gather(1, second));
    }

    private static void Check(Tensor queries, Tensor items, int topK, Tensor? queryGroups, Tensor? itemGroups)
    {
        Require.Shape(queries, "[Q, D]", mayBeEmpty: true);
        Require.Shape(items, $"[N, {queries.size(1)}]");
        Require.Alike(queries, items);
        Require.Between(topK, 1, items.size(0), "there are no more items");
        if (queryGroups is null != itemGroups is null)
            throw new ArgumentException("Groups of queries and of items go together; pass both or neither.", nameof(queryGroups));
        if (queryGroups is not null)
            Require.Shape(queryGroups, $"[{queries.size(0)}]", "one for each query");
        if (itemGroups is not null)
            Require.Shape(itemGroups, $"[{items.size(0)}]", "one for each item");
    }
}
