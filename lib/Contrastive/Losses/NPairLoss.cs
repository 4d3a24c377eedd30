using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Multi-class N-pair loss (Sohn 2016, "Improved Deep Metric Learning with Multi-class N-pair Loss Objective", equation 7). Row i of
/// the two batches are two examples f, f⁺ of class i, one class per row:
/// <code>ℓᵢ = log( 1 + Σ_{j ≠ i} exp(fᵢ·f⁺ⱼ − fᵢ·f⁺ᵢ) ),    loss = mean of ℓ over the N anchors + λ · mean of (‖f‖² + ‖f⁺‖²)</code>
/// </summary>
/// <remarks>Raw dot products, as in the paper, which limits their size through λ instead of by normalizing.</remarks>
/// <param name="normPenalty">λ, at least zero. <value>The default is 0; the paper gives no value, 0.002 / 4 is usual.</value></param>
/// <param name="normalize">Whether rows are normalized to unit length first. <value>The default is false: the paper's similarity is
/// the inner product.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The penalty is negative.</exception>
public sealed class NPairLoss(double normPenalty = 0, bool normalize = false) : INegativesLoss
{
    private readonly double _normPenalty = Require.NotNegative(normPenalty);

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2) => Compute(view1, view2, Negatives.All);

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2, Negatives negatives)
    {
        Require.Pairs(view1, view2, atLeast: 2);
        using var scope = NewDisposeScope();
        var rules = NegativeRules.InBatch(negatives, view1);
        var anchors = Similarity.Prepare(view1, normalize);
        var positives = Similarity.Prepare(view2, normalize);
        var others = Products.LogSumExp(anchors, positives, rules, blockwise: false); // [N]
        var loss = Products.CrossEntropy((anchors * positives).sum(dim: 1), others).mean();
        if (_normPenalty > 0)
            loss += _normPenalty * (anchors.square().sum(dim: 1) + positives.square().sum(dim: 1)).mean();
        return loss.MoveToOuterDisposeScope();
    }
}
