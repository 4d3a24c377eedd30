using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// log Σⱼ exp(aᵢ·bⱼ) for each row i <c>[N]</c> and, optionally, log Σᵢ exp(aᵢ·bⱼ) for each column j <c>[M]</c>, in one vector
/// <c>[N + M]</c>; for one set of rows with itself <c>[N]</c>. Exact, with memory for a few tiles only: the backward pass computes the
/// tiles again. If no sum can leave the range of the type, it needs no running maximum: one exponential for each entry and pass.
/// </summary>
internal sealed class BlockwiseLogSumExp : autograd.SingleTensorFunction<BlockwiseLogSumExp>
{
    private sealed record Plan(bool IsSymmetric, EntryRules Rules, bool SumsColumns, int? Edge, bool IsBounded)
    {
        public TiledProducts Products(Tensor rows, Tensor columns) => new(rows, IsSymmetric ? null : columns, Rules, Edge);
    }

    /// <inheritdoc/>
    public override string Name => nameof(BlockwiseLogSumExp);

    /// <param name="rows">A <c>[N, D]</c></param>
    /// <param name="columns">B <c>[M, D]</c>, or null for A itself.</param>
    /// <param name="rules">What is left out of the sums, and what weighs more; symmetric where B is null.</param>
    /// <param name="sumColumns">Whether to sum along the columns too; ignored where B is A.</param>
    /// <param name="edge">The size of a tile; chosen automatically if null.</param>
    public static Tensor Of(Tensor rows, Tensor? columns, EntryRules rules, bool sumColumns = false, int? edge = null) =>
        apply(rows, columns!, rules, sumColumns, edge!);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        using var scope = NewDisposeScope();
        var (rows, columns) = ((Tensor)vars[0], (Tensor?)vars[1] ?? (Tensor)vars[0]);
        var isSymmetric = vars[1] is null;
        var rules = (EntryRules)vars[2];
        var plan = new Plan(isSymmetric, rules, (bool)vars[3] && !isSymmetric, (int?)vars[4], IsBounded(rows, columns, rules));
        var products = plan.Products(rows, columns);
        var count = rows.size(0) + (plan.SumsColumns ? columns.size(0) : 0);
        var sums = full([count], plan.IsBounded ? 0 : double.NegativeInfinity, rows.dtype, rows.device);
        var (ofRows, ofColumns) = Split(plan, products, rows.size(0), sums);
        products.Visit(plan.IsBounded ? AddBounded : AddRunning);
        if (plan.IsBounded)
            sums.log_();

        ctx.save_for_backward([rows, columns, sums, .. rules.Tensors]);
        ctx.save_data(nameof(Plan), plan);
        return sums.MoveToOuterDisposeScope();

        void AddBounded(Tensor tile, Tensor spare, int i, int j)
        {
            if (FusedTile.Serves(tile))
            {
                FusedTile.AddSums(tile, ofRows[i], isSymmetric && i == j ? null : ofColumns?[j]);
                return;
            }

            tile.exp_();
            ofRows[i].add_(tile.sum(dim: 1));
            if (ofColumns is not null && !(isSymmetric && i == j))
                ofColumns[j].add_(tile.sum(dim: 0));
        }

        void AddRunning(Tensor tile, Tensor spare, int i, int j)
        {
            ofRows[i].copy_(ofRows[i].logaddexp(tile.logsumexp(dim: 1)), false);
            if (ofColumns is not null && !(isSymmetric && i == j))
                ofColumns[j].copy_(ofColumns[j].logaddexp(tile.logsumexp(dim: 0)), false);
        }
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var saved = ctx.get_saved_variables();
        var plan = (Plan)ctx.get_data(nameof(Plan));
        plan = plan with { Rules = plan.Rules.On(saved.Skip(3).ToArray()) };
        var products = plan.Products(saved[0], saved[1]);
        var isEmpty = saved[2].isneginf(); // an empty sum has no gradient, whatever is passed back to it
        var logs = saved[2].masked_fill(isEmpty, 0);

        // With E = exp(S): dS = E ∘ (aᵢ + bⱼ), where a and b are the gradients of the logarithms divided by the sums.
        // The largest gradient is factored out and put back at the end, so that small ones do not underflow.
        var gradients = grad_output.masked_fill(isEmpty, 0);
        var scale = gradients.abs().max().clamp_min(1e-37);
        gradients = gradients / scale;
        var (a, b) = Split(plan, products, saved[0].size(0), plan.IsBounded ? gradients * (-logs).exp() : gradients);
        var (rowLogs, columnLogs) = Split(plan, products, saved[0].size(0), logs);
        using var none = zeros(products.Edge, gradients.dtype, gradients.device);
        var (ofRows, ofColumns) = products.Gradients(plan.IsBounded ? WeighBounded : WeighRunning, saved[1].requires_grad);
        ofRows.mul_(scale).MoveToOuterDisposeScope();
        if (plan.IsSymmetric)
            ofColumns = null;
        ofColumns?.mul_(scale).MoveToOuterDisposeScope();
        List<Tensor> result = [ofRows, ofColumns!, null!, null!, null!];
        ctx.save_data("gradients", result); // alive until autograd has taken them
        return result;

        void WeighBounded(Tensor tile, Tensor spare, int i, int j)
        {
            if (FusedTile.Serves(tile))
            {
                FusedTile.Weigh(tile, a[i], b is null ? none.narrow(0, 0, tile.size(1)) : b[j]);
                return;
            }

            tile.exp_();
            tile.mul_(b is null ? a[i].unsqueeze(1) : spare.copy_(b[j].unsqueeze(0), false).add_(a[i].unsqueeze(1)));
        }

        void WeighRunning(Tensor tile, Tensor spare, int i, int j)
        {
            if (b is not null)
                spare.copy_(tile, false).sub_(columnLogs![j].unsqueeze(0)).exp_().mul_(b[j].unsqueeze(0));
            tile.sub_(rowLogs[i].unsqueeze(1)).exp_().mul_(a[i].unsqueeze(1));
            if (b is not null)
                tile.add_(spare);
        }
    }

    // Row blocks and column blocks of a vector over both; the same ones where the matrix is symmetric.
    private static (Tensor[] Rows, Tensor[]? Columns) Split(Plan plan, TiledProducts products, long rowCount, Tensor values)
    {
        var rows = products.Split(values.narrow(0, 0, rowCount));
        if (plan.IsSymmetric)
            return (rows, rows);
        return (rows, plan.SumsColumns ? products.Split(values.narrow(0, rowCount, values.size(0) - rowCount)) : null);
    }

    // |aᵢ·bⱼ + ln w| ≤ the largest norm of a · the largest of b + the largest |ln w|: if small enough, exp, its sums and their inverses stay in the normal range.
    private static bool IsBounded(Tensor rows, Tensor columns, EntryRules rules)
    {
        var largest = (rows.norm(1).max().ToDouble() * columns.norm(1).max().ToDouble()) + rules.LargestLogWeight();
        var room = rows.dtype == ScalarType.Float64 ? 700 : 85;
        return largest + Math.Log(Math.Max(rows.size(0), columns.size(0))) < room;
    }
}
