using Contrastive.Torch;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// CLIP's symmetric loss (Radford et al. 2021, "Learning Transferable Visual Models From Natural Language Supervision", figure 3). With
/// unit-length image and text embeddings and a learned scale s,
/// <code>loss = ½ · mean over i of −log( exp(s·xᵢ·yᵢ) / Σⱼ exp(s·xᵢ·yⱼ) )  +  ½ · mean over i of −log( exp(s·xᵢ·yᵢ) / Σⱼ exp(s·xⱼ·yᵢ) )</code>
/// </summary>
/// <remarks>Pass <c>parameters()</c> to the optimizer, without weight decay, and move the loss to the device with <c>to</c>.</remarks>
public sealed class ClipLoss : nn.Module, INegativesLoss
{
    [ComponentName(Name = "scale")]
    private readonly LogitScale _scale;

    private readonly bool _owns;
    private readonly bool _normalize;
    private readonly bool? _blockwise;

    /// <summary>The loss with a scale of its own, or with one that a model holds.</summary>
    /// <param name="scale">The learned scale. <value>The default is a new one: 1 / 0.07, at most 100.</value></param>
    /// <param name="normalize">Whether rows are normalized to unit length first. <value>The default is true, the paper's.</value></param>
    /// <param name="blockwise">Whether the similarities are computed in blocks and never all held: the same value and gradient, in little
    /// memory, but no second derivatives. <value>The default is null: only for large batches.</value></param>
    public ClipLoss(LogitScale? scale = null, bool normalize = true, bool? blockwise = null) : base(nameof(ClipLoss))
    {
        (_owns, _normalize, _blockwise) = (scale is null, normalize, blockwise);
        _scale = scale ?? new LogitScale();
        RegisterComponents();
    }

    /// <summary>The learned scale s.</summary>
    public LogitScale Scale => _scale;

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2) => Compute(view1, view2, Negatives.All);

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2, Negatives negatives)
    {
        Require.Pairs(view1, view2, atLeast: 2);
        using var scope = NewDisposeScope();
        var rules = NegativeRules.InBatch(negatives, view1);
        var x = Similarity.Prepare(view1, _normalize) * _scale.Compute(); // [N, D], images
        var y = Similarity.Prepare(view2, _normalize); // [N, D], texts
        var positive = (x * y).sum(dim: 1); // [N]
        var (ofImages, ofTexts) = Products.LogSumExpBothWays(x, y, rules, _blockwise); // [N], [N], negatives only
        return ((Products.CrossEntropy(positive, ofImages) + Products.CrossEntropy(positive, ofTexts)) / 2).mean().MoveToOuterDisposeScope();
    }

    /// <summary>Disposes the loss, but nothing that it was given: that belongs to a model.</summary>
    protected override void Dispose(bool disposing)
    {
        if (_owns || !disposing)
            base.Dispose(disposing);
    }
}
