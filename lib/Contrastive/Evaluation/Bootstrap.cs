using Contrastive.Torch;

namespace Contrastive.Evaluation;

/// <summary>The percentile bootstrap (Efron 1979): the spread of the mean over samples drawn, with replacement, from the values at
/// hand.</summary>
internal static class Bootstrap
{
    /// <summary>The stream of a seed that <see cref="SignFlips"/> does not use.</summary>
    private const long Stream = -1;

    /// <summary>The two percentiles of the resampled means that hold the given share between them, interpolated linearly.</summary>
    public static (double Low, double High) Interval(double[] values, int resamples, double confidence, long seed)
    {
        var random = new SplitMix64(seed, Stream);
        var means = new double[resamples];
        for (var resample = 0; resample < resamples; resample++)
        {
            var sum = 0.0;
            for (var draw = 0; draw < values.Length; draw++)
                sum += values[random.Below(values.Length)];
            means[resample] = sum / values.Length;
        }

        Array.Sort(means);
        return (Quantile.Of(means, (1 - confidence) / 2), Quantile.Of(means, (1 + confidence) / 2));
    }
}
