using Contrastive.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Retrieval;

/// <summary>
/// Exact search for the best-scoring items of each query, on any device: all scores are computed, but never all held at once. Half precision
/// is scored in float32. Deterministic: among equal scores the item that comes first wins. For items that are searched again and again, or that lie in a
/// file, <see cref="ExactIndex"/>.
/// </summary>
public static class ExactSearch
{
    /// <summary>Scores held at once where torch computes them: 16 million, 64 MB in float32.</summary>
    private const long BlockElements = 1 << 24;

    /// <summary>The <paramref name="topK"/> items with the highest dot product with each query, best first.</summary>
    /// <param name="queries">Finite float <c>[Q, D]</c>. Normalize queries and items to search by cosine.</param>
    /// <param name="items">Finite float <c>[N, D]</c>, of the same type and device.</param>
    /// <param name="topK">The most that a query gets, at least 1.</param>
    /// <param name="queryGroups">int64 <c>[Q]</c>, with <paramref name="itemGroups"/>: items of the query's own group are excluded.
    /// None by default.</param>
    /// <param name="itemGroups">int64 <c>[N]</c>.</param>
    /// <returns>Scores <c>[Q, K]</c>, float64 for float64 and float32 otherwise, and the items' indices, int64 <c>[Q, K]</c>, with K the smaller of
    /// <paramref name="topK"/> and N. If a query has fewer than K items outside its group, the rest have score −∞ and index −1.</returns>
    /// <exception cref="ArgumentException">The shapes, types or devices do not fit, there is no item, a row holds NaN, or only one of the groups
    /// is given.</exception>
    public static (Tensor Scores, Tensor Indices) TopK(
        Tensor queries, Tensor items, int topK, Tensor? queryGroups = null, Tensor? itemGroups = null) =>
        TopK(queries, items, topK, queryGroups, itemGroups, BlockElements);

    internal static (Tensor Scores, Tensor Indices) TopK(
        Tensor queries, Tensor items, int topK, Tensor? queryGroups, Tensor? itemGroups, long blockElements)
    {
        Check(queries, items, topK, queryGroups, itemGroups);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var type = queries.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var count = Math.Min(topK, items.size(0));
        var scores = empty([queries.size(0), count], type, queries.device);
        var indices = empty([queries.size(0), count], int64, queries.device);
        if (type == ScalarType.Float32 && queries.device_type == DeviceType.CPU)
            Scan(queries, items, scores, indices, queryGroups, itemGroups);
        else
            TensorSearch.Run(queries, items, scores, indices, queryGroups, itemGroups, blockElements);
        return (scores.MoveToOuterDisposeScope(), indices.MoveToOuterDisposeScope());
    }

    private static unsafe void Scan(Tensor queries, Tensor items, Tensor scores, Tensor indices, Tensor? queryGroups, Tensor? itemGroups)
    {
        ExactEngine.Check(items.size(0));
        var (asked, stored) = (queries.to(float32).contiguous(), items.to(float32).contiguous());
        var values = TensorVectors.First<float>(stored);
        var (count, dimension) = ((int)stored.size(0), (int)stored.size(1));
        RowCheck.Run(values, count, dimension, inverses: null, first: 0, nameof(items));
        RowCheck.Run(TensorVectors.First<float>(asked), (int)asked.size(0), dimension, inverses: null, first: 0, nameof(queries));
        var groups = itemGroups is null ? null : new GroupFilter(Groups(queryGroups!), Groups(itemGroups));
        ExactEngine.Search(new Float32Rows(values, count, dimension, factors: null), asked, scores, indices, get_num_threads(), groups);
    }

    private static long[] Groups(Tensor groups) => groups.cpu().data<long>().ToArray();

    private static void Check(Tensor queries, Tensor items, int topK, Tensor? queryGroups, Tensor? itemGroups)
    {
        Require.Shape(queries, "float [Q, D]", mayBeEmpty: true);
        Require.AtLeast(queries.size(1), 1, "a vector has values", "D, the width of queries,");
        Require.Shape(items, $"[N, {queries.size(1)}]", mayBeEmpty: true);
        if (items.size(0) == 0)
            throw new ArgumentException("items is empty: there is nothing to search.", nameof(items));
        Require.Alike(queries, items);
        Require.AtLeast(topK, 1);
        if (queryGroups is null != itemGroups is null)
            throw new ArgumentException("Groups of queries and of items go together; pass both or neither.", nameof(queryGroups));
        if (queryGroups is not null)
            Require.Shape(queryGroups, $"Int64 [{queries.size(0)}]", "one for each query");
        if (itemGroups is not null)
            Require.Shape(itemGroups, $"Int64 [{items.size(0)}]", "one for each item");
    }
}
