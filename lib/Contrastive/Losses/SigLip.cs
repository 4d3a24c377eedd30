using Contrastive.Torch;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// SigLIP's sigmoid loss (Zhai et al. 2023, "Sigmoid Loss for Language Image Pre-Training", section 3.2). Each of the N² pairs is a
/// question of its own. With embeddings of length one, a learned scale t and bias b, and zᵢⱼ = 1 for i = j and −1 otherwise,
/// <code>loss = −1/N · Σᵢ Σⱼ log σ( zᵢⱼ (t·xᵢ·yⱼ + b) )</code>
/// The sum is divided by N, not by N².
/// </summary>
/// <remarks>Normalizes its input. Hand <c>parameters()</c> to the optimiser, without weight decay, and move it to the device with <c>to</c>.</remarks>
public sealed class SigLip : nn.Module, ITwoViewLoss
{
    [ComponentName(Name = "scale")]
    private readonly LogitScale _scale;

    [ComponentName(Name = "logit_bias")]
    private readonly Parameter _bias;

    /// <summary>The loss with a scale and a bias of its own.</summary>
    /// <param name="scale">The learned scale t. <value>The default is a new one that starts at 10, the paper's, and has no clamp.</value></param>
    /// <param name="bias">b at the start. <value>The default is −10, the paper's: nearly all pairs are negative.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">The bias is not finite.</exception>
    public SigLip(LogitScale? scale = null, double bias = -10) : base(nameof(SigLip))
    {
        _scale = scale ?? new LogitScale(start: 10, largest: float.MaxValue);
        _bias = nn.Parameter(tensor(Require.Finite(bias), dtype: float32));
        RegisterComponents();
    }

    /// <summary>The learned scale t.</summary>
    public LogitScale Scale => _scale;

    /// <summary>The learned bias b now.</summary>
    public double Bias => _bias.ToDouble();

    /// <summary>Whether the <c>[N, N]</c> similarities are computed in blocks and never held: the same value and gradient, in little
    /// memory, but no second derivatives. <value>The default is null: where the batch is large.</value></summary>
    public bool? Blockwise { get; init; }

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2)
    {
        Require.Pairs(view1, view2, atLeast: 2);
        using var scope = NewDisposeScope();
        var x = Similarity.Normalize(view1) * _scale.Compute(); // [N, D]
        var y = Similarity.Normalize(view2);
        var one = ones([x.size(0), 1], dtype: x.dtype, device: x.device);
        var biased = cat([x, one * _bias], dim: 1); // [N, D + 1]: the bias is one more product
        var logits = (x * y).sum(dim: 1) + _bias; // [N], of the positives
        // All pairs as negatives, and −log σ(l) = −log σ(−l) − l for the positives.
        var all = Products.SoftplusSum(biased, cat([y, one], dim: 1), Blockwise); // [N]
        return (all - logits).mean().MoveToOuterDisposeScope();
    }
}
