using Contrastive.Torch;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// SigLIP's sigmoid loss (Zhai et al. 2023, "Sigmoid Loss for Language Image Pre-Training", section 3.2). Each of the N² pairs is a
/// binary classification of its own. With unit-length embeddings, a learned scale t and bias b, and zᵢⱼ = 1 for i = j and −1 otherwise,
/// <code>loss = −1/N · Σᵢ Σⱼ log σ( zᵢⱼ (t·xᵢ·yⱼ + b) )</code>
/// The sum is divided by N, not by N².
/// </summary>
/// <remarks>Pass <c>parameters()</c> to the optimizer, without weight decay, and move the loss to the device with <c>to</c>.</remarks>
public sealed class SigLipLoss : nn.Module, INegativesLoss
{
    [ComponentName(Name = "scale")]
    private readonly LogitScale _scale;

    [ComponentName(Name = "bias")]
    private readonly LogitBias _bias;

    private readonly bool _owns;
    private readonly bool _normalize;
    private readonly bool? _blockwise;

    /// <summary>The loss with a scale and a bias of its own, or with those that a model holds.</summary>
    /// <param name="scale">The learned scale t. <value>The default is a new one that starts at 10, the paper's, and has no clamp.</value></param>
    /// <param name="bias">The learned bias b. <value>The default is a new one that starts at −10, the paper's: nearly all pairs are
    /// negative.</value></param>
    /// <param name="normalize">Whether rows are normalized to unit length first. <value>The default is true, the paper's.</value></param>
    /// <param name="blockwise">Whether the similarities are computed in blocks and never all held: the same value and gradient, in little
    /// memory, but no second derivatives. <value>The default is null: only for large batches.</value></param>
    public SigLipLoss(LogitScale? scale = null, LogitBias? bias = null, bool normalize = true, bool? blockwise = null) : base(nameof(SigLipLoss))
    {
        (_owns, _normalize, _blockwise) = (scale is null && bias is null, normalize, blockwise);
        _scale = scale ?? new LogitScale(start: 10, largest: float.MaxValue);
        _bias = bias ?? new LogitBias();
        RegisterComponents();
    }

    /// <summary>The learned scale t.</summary>
    public LogitScale Scale => _scale;

    /// <summary>The learned bias b.</summary>
    public LogitBias Bias => _bias;

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2) => Compute(view1, view2, Negatives.All);

    /// <summary>The same with a choice of the negatives. This loss is no softmax: a weight multiplies the pair's term.</summary>
    /// <inheritdoc cref="INegativesLoss.Compute"/>
    public Tensor Compute(Tensor view1, Tensor view2, Negatives negatives)
    {
        Require.Pairs(view1, view2, atLeast: 2);
        using var scope = NewDisposeScope();
        var rules = NegativeRules.InBatch(negatives, view1);
        var x = Similarity.Prepare(view1, _normalize) * _scale.Compute(); // [N, D]
        var y = Similarity.Prepare(view2, _normalize);
        var bias = _bias.Compute();
        var one = ones([x.size(0), 1], dtype: x.dtype, device: x.device);
        var biased = cat([x, one * bias], dim: 1); // [N, D + 1]: the bias is one more term of the dot product
        var positive = (x * y).sum(dim: 1) + bias; // [N], logits
        var others = Products.SoftplusSum(biased, cat([y, one], dim: 1), rules, _blockwise); // [N]
        return (others + Products.Softplus(-positive)).mean().MoveToOuterDisposeScope();
    }

    /// <summary>Disposes the loss, but nothing that it was given: that belongs to a model.</summary>
    protected override void Dispose(bool disposing)
    {
        if (_owns || !disposing)
            base.Dispose(disposing);
    }
}
