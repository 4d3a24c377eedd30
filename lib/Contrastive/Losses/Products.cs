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

    /// <summary>log Σ_k exp(xᵢ·x_k): <c>[N]</c>. Rules that hold both ways save half of the blocks.</summary>
    public static Tensor LogSumExpOfOthers(Tensor x, EntryRules rules, bool? blockwise)
    {
        if (!InBlocks(x, x, blockwise))
            return Plain(x, x, rules).logsumexp(dim: 1);
        return BlockwiseLogSumExp.Of(x, rules.IsSymmetric ? null : x, rules);
    }

    /// <summary>log Σⱼ exp(aᵢ·bⱼ): <c>[N]</c></summary>
    public static Tensor LogSumExp(Tensor a, Tensor b, EntryRules rules, bool? blockwise) => InBlocks(a, b, blockwise)
        ? BlockwiseLogSumExp.Of(a, b, rules)
        : Plain(a, b, rules).logsumexp(dim: 1);

    /// <summary>log Σⱼ exp(aᵢ·bⱼ) for each row <c>[N]</c>, and log Σᵢ exp(aᵢ·bⱼ) for each column <c>[M]</c>.</summary>
    public static (Tensor Rows, Tensor Columns) LogSumExpBothWays(Tensor a, Tensor b, EntryRules rules, bool? blockwise)
    {
        if (!rules.IsMutual)
            return (LogSumExp(a, b, rules, blockwise), LogSumExp(b, a, rules.Transposed, blockwise));
        if (InBlocks(a, b, blockwise))
        {
            var both = BlockwiseLogSumExp.Of(a, b, rules, sumColumns: true);
            return (both.narrow(0, 0, a.size(0)), both.narrow(0, a.size(0), b.size(0)));
        }

        var products = Plain(a, b, rules);
        return (products.logsumexp(dim: 1), products.logsumexp(dim: 0));
    }

    /// <summary>Σⱼ wᵢⱼ log(1 + exp(aᵢ·bⱼ)): <c>[N]</c></summary>
    public static Tensor SoftplusSum(Tensor a, Tensor b, EntryRules rules, bool? blockwise)
    {
        if (InBlocks(a, b, blockwise))
            return BlockwiseSoftplus.Of(a, b, rules);
        var products = a.mm(b.t()); // [N, M]
        rules.LeaveOut(products);
        var terms = Softplus(products); // 0 where left out
        return (rules.LogWeights(products) is { } weights ? terms * weights.exp() : terms).sum(dim: 1);
    }

    /// <summary>−log( exp(s⁺) / (exp(s⁺) + Σ exp(s⁻)) ) from s⁺ and the logarithm of the sum, without loss of digits where it is nearly
    /// zero.</summary>
    public static Tensor CrossEntropy(Tensor positive, Tensor negatives) => Softplus(negatives - positive);

    /// <summary>log(1 + exp(x)), without loss of digits.</summary>
    public static Tensor Softplus(Tensor x) => -nn.functional.logsigmoid(-x);

    private static bool InBlocks(Tensor a, Tensor b, bool? blockwise) => blockwise ?? a.size(0) * b.size(0) > LargestPlain;

    private static Tensor Plain(Tensor a, Tensor b, EntryRules rules)
    {
        var products = a.mm(b.t()); // [N, M]
        rules.Apply(products);
        return products;
    }
}
