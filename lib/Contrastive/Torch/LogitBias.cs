using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>The learned bias b of SigLIP's logits (Zhai et al. 2023, section 3.2). It starts far below zero, since nearly all pairs of a
/// batch are negative.</summary>
public sealed class LogitBias : nn.Module
{
    [ComponentName(Name = "logit_bias")]
    private readonly Parameter _logitBias;

    /// <summary>Starts with the given bias.</summary>
    /// <param name="start">b at the start. <value>The default is −10, the paper's.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">The bias is not finite.</exception>
    public LogitBias(double start = -10) : base(nameof(LogitBias))
    {
        _logitBias = nn.Parameter(tensor(Require.Finite(start), dtype: float32));
        RegisterComponents();
    }

    /// <summary>The current b.</summary>
    public double Value => _logitBias.ToDouble();

    /// <summary>b, a scalar with its gradient.</summary>
    public Tensor Compute() => _logitBias.alias();
}
