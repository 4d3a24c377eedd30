namespace Contrastive.Training;

/// <summary>
/// A learning rate that rises linearly and then falls along half a cosine (Loshchilov and Hutter 2017, without restarts; Goyal et al.
/// 2017 for the warm-up). With W warm-up steps out of S in total,
/// <code>η(t) = peak · (t + 1) / (W + 1) for t &lt; W,    η(t) = floor + (peak − floor) · (1 + cos(π (t − W) / (S − W))) / 2 for t ≥ W</code>
/// The warm-up starts at peak / (W + 1), not at zero: the first batch counts too. The peak itself is reached at step W.
/// </summary>
public sealed class WarmupCosine
{
    private readonly Warmup _warmup;

    /// <summary>Makes a schedule.</summary>
    /// <param name="peak">The peak learning rate.</param>
    /// <param name="steps">S, the total number of training steps.</param>
    /// <param name="warmupSteps">W, below <paramref name="steps"/>.
    /// <value>The default is 0: none. SimCLR warms up for 10 epochs.</value></param>
    /// <param name="floor">The final learning rate. <value>The default is 0.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public WarmupCosine(double peak, int steps, int warmupSteps = 0, double floor = 0) => _warmup = new Warmup(peak, steps, warmupSteps, floor);

    /// <summary>The peak learning rate.</summary>
    public double Peak => _warmup.Peak;

    /// <summary>The final learning rate.</summary>
    public double Floor => _warmup.Floor;

    /// <summary>The total number of training steps.</summary>
    public int Steps => _warmup.Steps;

    /// <summary>The number of warm-up steps.</summary>
    public int WarmupSteps => _warmup.WarmupSteps;

    /// <summary>The learning rate of a step. It depends on nothing else, so a resumed run needs only its step.</summary>
    /// <param name="step">t, counted from 0; at S and later it is the floor.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public double At(int step) => _warmup.At(step, progress => (1 + Math.Cos(Math.PI * progress)) / 2);
}
