using Contrastive.Torch;

namespace Contrastive.Training;

/// <summary>
/// What schedules with a warm-up share: the rate rises linearly from peak / (W + 1), not from zero, since the first batch counts too,
/// and then falls from the peak to the floor in the schedule's own way.
/// </summary>
internal sealed class Warmup
{
    public Warmup(double peak, int steps, int warmupSteps, double floor)
    {
        Peak = Require.Positive(peak);
        Floor = Require.NotNegative(floor);
        if (floor > peak)
            throw Require.OutOfRange(nameof(floor), floor, FormattableString.Invariant($"at most the peak, {peak}"));
        Require.AtLeast(steps, 1, "a training has a step");
        Require.Between(warmupSteps, 0, steps - 1, "the warm-up is part of the steps");
        (Steps, WarmupSteps) = (steps, warmupSteps);
    }

    public double Peak { get; }

    public double Floor { get; }

    public int Steps { get; }

    public int WarmupSteps { get; }

    /// <param name="step">t, counted from 0.</param>
    /// <param name="height">The height above the floor, 1 to 0, at a share of the way from step W to step S.</param>
    public double At(int step, Func<double, double> height)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        if (step < WarmupSteps)
            return Peak * (step + 1) / (WarmupSteps + 1);
        var progress = Math.Min(1, (double)(step - WarmupSteps) / (Steps - WarmupSteps));
        return Floor + ((Peak - Floor) * height(progress));
    }
}
