using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>Σⱼ wᵢⱼ log(1 + exp(aᵢ·bⱼ)) for each row i <c>[N]</c>: exact, with memory for a few tiles only.</summary>
internal sealed class BlockwiseSoftplus : autograd.SingleTensorFunction<BlockwiseSoftplus>
{
    /// <inheritdoc/>
    public override string Name => nameof(BlockwiseSoftplus);

    /// <param name="rows">A <c>[N, D]</c></param>
    /// <param name="columns">B <c>[M, D]</c></param>
    /// <param name="rules">What is left out of the sums, and the weights.</param>
    /// <param name="edge">The size of a tile; chosen automatically if null.</param>
    public static Tensor Of(Tensor rows, Tensor columns, EntryRules rules, int? edge = null) => apply(rows, columns, rules, edge!);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        using var scope = NewDisposeScope();
        var (rows, columns, rules) = ((Tensor)vars[0], (Tensor)vars[1], (EntryRules)vars[2]);
        var products = new TiledProducts(rows, columns, rules, (int?)vars[3], weighs: false);
        var sums = zeros(rows.size(0), rows.dtype, rows.device);
        var ofRows = products.Split(sums);
        products.Visit((tile, spare, i, j) =>
        {
            // max(x, 0) + log(1 + exp(−|x|))
            spare.copy_(tile, false).abs_().neg_().exp_().log1p_();
            ofRows[i].add_(Weigh(products, tile.clamp_(0, null).add_(spare), i, j).sum(dim: 1));
        });
        ctx.save_for_backward([rows, columns, .. rules.Tensors]);
        ctx.save_data("rules", rules);
        ctx.save_data("edge", vars[3]);
        return sums.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var saved = ctx.get_saved_variables();
        var rules = ((EntryRules)ctx.get_data("rules")).On(saved.Skip(2).ToArray());
        var products = new TiledProducts(saved[0], saved[1], rules, (int?)ctx.get_data("edge"), weighs: false);
        var gradients = products.Split(grad_output);
        var (ofRows, ofColumns) = products.Gradients(
            (tile, _, i, j) => Weigh(products, tile.sigmoid_(), i, j).mul_(gradients[i].unsqueeze(1)),
            saved[1].requires_grad);
        ofRows.MoveToOuterDisposeScope();
        ofColumns?.MoveToOuterDisposeScope();
        List<Tensor> result = [ofRows, ofColumns!, null!, null!];
        ctx.save_data("gradients", result); // alive until autograd has taken them
        return result;
    }

    private static Tensor Weigh(TiledProducts products, Tensor terms, int i, int j) =>
        products.LogWeights(terms, i, j) is { } weights ? terms.mul_(weights.exp()) : terms;
}
