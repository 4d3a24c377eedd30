namespace Contrastive.Cli;

/// <summary>Figures of several runs that differ in their seed.</summary>
internal static class Sample
{
    /// <summary>The standard deviation of a sample: by n − 1.</summary>
    public static double Deviation(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }
}
