using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Retrieval;

/// <summary>Exact search by torch's own products, in blocks of queries: on a GPU, and in float64.</summary>
internal static class TensorSearch
{
    public static void Run(Tensor queries, Tensor items, Tensor scores, Tensor indices, Tensor? queryGroups, Tensor? itemGroups, long blockElements)
    {
        RefuseNotFinite(queries, nameof(queries));
        RefuseNotFinite(items, nameof(items));
        var (total, candidates) = (queries.size(0), items.size(0));
        var (asked, stored) = (queries.to(scores.dtype), items.to(scores.dtype));
        var blockRows = Math.Clamp(blockElements / candidates, 1, Math.Max(total, 1));
        var buffer = empty([blockRows, candidates], scores.dtype, scores.device);
        for (var start = 0L; start < total; start += blockRows)
        {
            using var block = NewDisposeScope();
            var rows = Math.Min(blockRows, total - start);
            var all = buffer.narrow(0, 0, rows).addmm_(asked.narrow(0, start, rows), stored.t(), beta: 0, alpha: 1); // [rows, N]
            if (queryGroups is not null)
                all.masked_fill_(queryGroups.narrow(0, start, rows).unsqueeze(1) == itemGroups!.unsqueeze(0), double.NegativeInfinity);
            var (best, places) = Best(all, (int)scores.size(1));
            scores.narrow(0, start, rows).copy_(best);
            indices.narrow(0, start, rows).copy_(places.masked_fill(best == double.NegativeInfinity, -1));
        }
    }

    private static void RefuseNotFinite(Tensor rows, string name)
    {
        if (Require.IsFinite(rows))
            return;
        var row = rows.isfinite().all(1).logical_not().nonzero()[0, 0].item<long>();
        throw new ArgumentException(FormattableString.Invariant($"Row {row} of {name} {RowCheck.Fault(double.NaN)}."), name);
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
}
