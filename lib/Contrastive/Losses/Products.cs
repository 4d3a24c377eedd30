using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Sums over the matrix of products aᵢ·bⱼ, the core of the losses with many negatives: over the whole matrix at once, or, above
/// <see cref="LargestPlain"/> entries, in blocks that never hold it.
/// </summary>
internal static class Products
{
    /// <summary>The number of entries above which blocks are faster as well as smaller.</summary>
    public const long LargestPlain = 1024 * 1024;

    /// <summary>log Σ_{k ≠ i} exp(xᵢ·x_k): <c>[N]</c>. If ids are given, rows with equal ids are left out too.</summary>
    public static Tensor LogSumExpOfOthers(Tensor x, Tensor? ids, bool? blockwise)
    {
        var exclusion = new Exclusion(Diagonal: true, ids, ids);
        return InBlocks(x, x, blockwise)
            ? BlockwiseLogSumExp.Of(x, null, exclusion)
            : Plain(x, x, exclusion).logsumexp(dim: 1);
    }

    /// <summary>log Σⱼ exp(aᵢ·bⱼ): <c>[N]</c></summary>
    public static Tensor LogSumExp(Tensor a, Tensor b, Exclusion exclusion, bool? blockwise) => InBlocks(a, b, blockwise)
        ? BlockwiseLogSumExp.Of(a, b, exclusion)
        : Plain(a, b, exclusion).logsumexp(dim: 1);

    /// <summary>log Σⱼ exp(aᵢ·bⱼ) for each row <c>[N]</c>, and log Σᵢ exp(aᵢ·bⱼ) for each column <c>[M]</c>.</summary>
    public static (Tensor Rows, Tensor Columns) LogSumExpBothWays(Tensor a, Tensor b, Exclusion exclusion, bool? blockwise)
    {
        if (InBlocks(a, b, blockwise))
        {
            var both = BlockwiseLogSumExp.Of(a, b, exclusion, sumColumns: true);
            return (both.narrow(0, 0, a.size(0)), both.narrow(0, a.size(0), b.size(0)));
        }

        var products = Plain(a, b, exclusion);
        return (products.logsumexp(dim: 1), products.logsumexp(dim: 0));
    }

    /// <summary>Σⱼ log(1 + exp(aᵢ·bⱼ)): <c>[N]</c></summary>
    public static Tensor SoftplusSum(Tensor a, Tensor b, bool? blockwise) => InBlocks(a, b, blockwise)
        ? BlockwiseSoftplus.Of(a, b)
        : -nn.functional.logsigmoid(-a.mm(b.t())).sum(dim: 1);

    private static bool InBlocks(Tensor a, Tensor b, bool? blockwise) => blockwise ?? a.size(0) * b.size(0) > LargestPlain;

    private static Tensor Plain(Tensor a, Tensor b, Exclusion exclusion)
    {
        var products = a.mm(b.t()); // [N, M]
        if (exclusion is { RowIds: { } rowIds, ColumnIds: { } columnIds })
            products = products.masked_fill(rowIds.unsqueeze(1).eq(columnIds.unsqueeze(0)), double.NegativeInfinity);
        if (exclusion.Diagonal)
            products.diagonal().fill_(double.NegativeInfinity);
        return products;
    }
}
