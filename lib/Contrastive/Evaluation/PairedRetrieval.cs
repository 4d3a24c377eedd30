using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>
/// Retrieval where each query has one correct item: question and passage, caption and image. Exact, by cosine, in blocks of queries. Ties
/// count against the query, so that a collapsed encoder, to which all items are equal, finds nothing.
/// </summary>
public static class PairedRetrieval
{
    /// <summary>Scores held at once: 4 million.</summary>
    private const long BlockElements = 1 << 22;

    /// <summary>The rank of each query's item among all items, from 1: one more than the number of other items that score at
    /// least as high.</summary>
    /// <param name="queries">Float <c>[Q, D]</c>; normalized here.</param>
    /// <param name="items">Float <c>[N, D]</c>; normalized here.</param>
    /// <param name="targets">The index of the correct item for each query, int64 <c>[Q]</c>; item i for query i by default.</param>
    /// <returns>int64 <c>[Q]</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not match, a value is not finite, or a target is not an item.</exception>
    public static Tensor Ranks(Tensor queries, Tensor items, Tensor? targets = null)
    {
        Require.Matrix(queries);
        Require.Matrix(items);
        Require.SameWidth(queries, items);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (targets is null)
            Require.SameShape(queries, items);
        else
            Require.Classes(targets, queries);
        var (total, count) = (queries.size(0), items.size(0));
        var right = (targets ?? arange(total, int64)).to(queries.device); // [Q]
        if (right.max().item<long>() >= count)
            throw new ArgumentException($"targets holds {right.max().item<long>()}, but there are {count} items: use 0 to {count - 1}.", nameof(targets));
        var (q, z) = (Similarity.Normalize(queries), Similarity.Normalize(items));
        var ranks = empty([total], int64, queries.device);
        var blockRows = Math.Clamp(BlockElements / count, 1, total);
        for (var start = 0L; start < total; start += blockRows)
        {
            using var block = NewDisposeScope();
            var rows = Math.Min(blockRows, total - start);
            var scores = q.narrow(0, start, rows).mm(z.t()); // [rows, N]
            var own = scores.gather(1, right.narrow(0, start, rows).unsqueeze(1)); // [rows, 1]
            ranks.narrow(0, start, rows).copy_((scores >= own).sum(dim: 1)); // the item itself contributes the 1
        }

        return ranks.MoveToOuterDisposeScope();
    }

    /// <summary>The share of queries whose item is among the first k, in [0, 1].</summary>
    /// <param name="k">At least 1.</param>
    /// <param name="ranks">From <see cref="Ranks"/>, int64 <c>[Q]</c>.</param>
    /// <exception cref="ArgumentException">k is below 1 or there are no ranks.</exception>
    public static double RecallAt(int k, Tensor ranks)
    {
        Require.AtLeast(k, 1);
        CheckRanks(ranks);
        using var scope = NewDisposeScope();
        return (ranks <= k).sum().item<long>() / (double)ranks.size(0);
    }

    /// <summary>The mean reciprocal rank (MRR), in [0, 1].</summary>
    /// <param name="ranks">From <see cref="Ranks"/>, int64 <c>[Q]</c>.</param>
    /// <exception cref="ArgumentException">There are no ranks.</exception>
    public static double MeanReciprocalRank(Tensor ranks)
    {
        CheckRanks(ranks);
        using var scope = NewDisposeScope();
        return ranks.to(float64).reciprocal_().mean().item<double>();
    }

    private static void CheckRanks(Tensor ranks)
    {
        Require.Shape(ranks, "Int64 [Q]", "the result of Ranks");
    }
}
