using Contrastive.Torch;

namespace Contrastive.Training;

/// <summary>
/// The momentum of a momentum encoder, rising to one along half a cosine (Grill et al. 2020, "BYOL", section 3.3; MoCo v3):
/// <code>m(t) = 1 − (1 − start) · (1 + cos(π t / S)) / 2</code>
/// </summary>
/// <param name="start">The momentum of the first step, in [0, 1). <value>0.99 in MoCo v3, 0.996 in BYOL.</value></param>
/// <param name="steps">S, the total number of training steps.</param>
public sealed class CosineMomentum(double start, int steps)
{
    private readonly double _start = Require.Fraction(start);

    private readonly int _steps = Require.AtLeast(steps, 1);

    /// <summary>The momentum of a step.</summary>
    /// <param name="step">t, counted from 0; at S and later it is one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public double At(int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        var progress = Math.Min(1, (double)step / _steps);
        return 1 - ((1 - _start) * (1 + Math.Cos(Math.PI * progress)) / 2);
    }
}
