namespace Contrastive.Training;

/// <summary>One number followed through a training.</summary>
/// <param name="Steps">The steps at which it was noted, rising.</param>
/// <param name="Values">The number at each of them.</param>
public sealed record Curve(IReadOnlyList<double> Steps, IReadOnlyList<double> Values)
{
    /// <summary>The mean of the last values.</summary>
    /// <param name="count">How many, at most all.</param>
    /// <exception cref="InvalidOperationException">Nothing has been noted.</exception>
    public double End(int count) => Values.TakeLast(count).Average();
}
