using Contrastive.Torch;
using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// CLIP's symmetric loss (Radford et al. 2021, "Learning Transferable Visual Models From Natural Language Supervision", figure 3). With
/// image and text embeddings of length one and a learned scale s,
/// <code>loss = ½ · mean over i of −log( exp(s·xᵢ·yᵢ) / Σⱼ exp(s·xᵢ·yⱼ) )  +  ½ · mean over i of −log( exp(s·xᵢ·yᵢ) / Σⱼ exp(s·xⱼ·yᵢ) )</code>
/// </summary>
/// <remarks>Normalizes its input. Hand <c>parameters()</c> to the optimiser, without weight decay, and move it to the device with <c>to</c>.</remarks>
public sealed class ClipLoss : nn.Module, ITwoViewLoss
{
    [ComponentName(Name = "scale")]
    private readonly LogitScale _scale;

    /// <summary>The loss with a scale of its own, or with one that a model holds.</summary>
    /// <param name="scale">The learned scale. <value>The default is a new one: 1 / 0.07, at most 100.</value></param>
    public ClipLoss(LogitScale? scale = null) : base(nameof(ClipLoss))
    {
        _scale = scale ?? new LogitScale();
        RegisterComponents();
    }

    /// <summary>The learned scale s.</summary>
    public LogitScale Scale => _scale;

    /// <summary>Whether the <c>[N, N]</c> similarities are computed in blocks and never held: the same value and gradient, in little
    /// memory, but no second derivatives. <value>The default is null: where the batch is large.</value></summary>
    public bool? Blockwise { get; init; }

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2)
    {
        Require.Pairs(view1, view2, atLeast: 2);
        using var scope = NewDisposeScope();
        return Loss(view1, view2, new Exclusion(Diagonal: true)).MoveToOuterDisposeScope();
    }

    /// <summary>The same for a batch in which an image (or a caption) may occur twice: rows of equal ids are not negatives of each other.</summary>
    /// <param name="view1">Embeddings <c>[N, D]</c>.</param>
    /// <param name="view2">Embeddings <c>[N, D]</c>.</param>
    /// <param name="ids">The item of each row, integers <c>[N]</c>.</param>
    /// <returns>A scalar, attached to the autograd graph.</returns>
    /// <exception cref="ArgumentException">As for the batch without ids, or the ids do not fit it.</exception>
    public Tensor Compute(Tensor view1, Tensor view2, Tensor ids)
    {
        Require.Pairs(view1, view2, atLeast: 2);
        Require.Ids(ids, view1);
        using var scope = NewDisposeScope();
        return Loss(view1, view2, new Exclusion(Diagonal: true, ids, ids)).MoveToOuterDisposeScope();
    }

    private Tensor Loss(Tensor images, Tensor texts, Exclusion exclusion)
    {
        var x = Similarity.Normalize(images) * _scale.Compute(); // [N, D]
        var y = Similarity.Normalize(texts);
        var positive = (x * y).sum(dim: 1); // [N]
        var (ofImages, ofTexts) = Products.LogSumExpBothWays(x, y, exclusion, Blockwise); // [N], [N], negatives only
        return ((ofImages.logaddexp(positive) + ofTexts.logaddexp(positive)) / 2 - positive).mean();
    }
}
