using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>
/// The learned scale of the logits, exp(t) = 1 / temperature, of CLIP (Radford et al. 2021, section 2.5): t starts at ln(1 / 0.07), and
/// is clamped so that the scale never exceeds 100, which keeps training stable.
/// </summary>
public sealed class LogitScale : nn.Module
{
    [ComponentName(Name = "logit_scale")]
    private readonly Parameter _logitScale;
    private readonly double _largest;

    /// <summary>Starts with the given scale.</summary>
    /// <param name="start">exp(t) at the start, above zero. <value>The default is 1 / 0.07, CLIP's; SigLIP's is 10.</value></param>
    /// <param name="largest">The bound of exp(t), at least <paramref name="start"/>. <value>The default is 100, CLIP's.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">A scale is not above zero, or the bound is below the start.</exception>
    public LogitScale(double start = 1 / 0.07, double largest = 100) : base(nameof(LogitScale))
    {
        _largest = Require.Positive(largest);
        if (Require.Positive(start) > largest)
            throw Require.OutOfRange(nameof(start), start, FormattableString.Invariant($"at most the largest scale, {largest}: lower the start or raise {nameof(largest)}"));
        _logitScale = nn.Parameter(tensor(Math.Log(start), dtype: float32));
        RegisterComponents();
    }

    /// <summary>The current exp(t).</summary>
    public double Value => Math.Min(Math.Exp(_logitScale.ToDouble()), _largest);

    /// <summary>Clamps t in place, as CLIP does after each step, and returns exp(t), a scalar with its gradient.</summary>
    public Tensor Compute()
    {
        using var scope = NewDisposeScope();
        using (no_grad())
            _logitScale.clamp_(null, Math.Log(_largest));
        return _logitScale.exp().MoveToOuterDisposeScope();
    }
}
