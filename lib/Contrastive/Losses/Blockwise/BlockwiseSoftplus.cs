using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>Σⱼ log(1 + exp(aᵢ·bⱼ)) for each row i <c>[N]</c>: exact, with memory for a few tiles only.</summary>
internal sealed class BlockwiseSoftplus : autograd.SingleTensorFunction<BlockwiseSoftplus>
{
    private static readonly Exclusion Nothing = new(Diagonal: false);

    /// <inheritdoc/>
    public override string Name => nameof(BlockwiseSoftplus);

    /// <param name="rows">A <c>[N, D]</c></param>
    /// <param name="columns">B <c>[M, D]</c></param>
    /// <param name="edge">The size of a tile; chosen automatically if null.</param>
    public static Tensor Of(Tensor rows, Tensor columns, int? edge = null) => apply(rows, columns, edge!);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        using var scope = NewDisposeScope();
        var (rows, columns) = ((Tensor)vars[0], (Tensor)vars[1]);
        var products = new TiledProducts(rows, columns, Nothing, (int?)vars[2]);
        var sums = zeros(rows.size(0), rows.dtype, rows.device);
        var ofRows = products.Split(sums);
        products.Visit((tile, spare, i, _) =>
        {
            // max(x, 0) + log(1 + exp(−|x|))
            spare.copy_(tile, false).abs_().neg_().exp_().log1p_();
            ofRows[i].add_(tile.clamp_(0, null).add_(spare).sum(dim: 1));
        });
        ctx.save_for_backward([rows, columns]);
        ctx.save_data("edge", vars[2]);
        return sums.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var saved = ctx.get_saved_variables();
        var products = new TiledProducts(saved[0], saved[1], Nothing, (int?)ctx.get_data("edge"));
        var gradients = products.Split(grad_output);
        var (ofRows, ofColumns) = products.Gradients(
            (tile, _, i, _) => tile.sigmoid_().mul_(gradients[i].unsqueeze(1)),
            saved[1].requires_grad);
        ofRows.MoveToOuterDisposeScope();
        ofColumns?.MoveToOuterDisposeScope();
        List<Tensor> result = [ofRows, ofColumns!, null!];
        ctx.save_data("gradients", result); // alive until autograd has taken them
        return result;
    }
}
