using static TorchSharp.torch;

namespace Contrastive.Data;

/// <summary>Points on rings, with the ring of each. Disposing it disposes the points and labels.</summary>
/// <param name="points">The points.</param>
/// <param name="labels">The ring of point i.</param>
/// <param name="rings">How many rings there are.</param>
public sealed class RingSet(Tensor points, Tensor labels, int rings) : IDisposable
{
    /// <summary>The points, float32 [N, 2].</summary>
    public Tensor Points { get; } = points;

    /// <summary>The ring of each point, int64 [N], the innermost 0.</summary>
    public Tensor Labels { get; } = labels;

    /// <summary>The rings' names, the innermost first: <c>ring 1</c>.</summary>
    public IReadOnlyList<string> ClassNames { get; } = [.. Enumerable.Range(1, rings).Select(ring => $"ring {ring}")];

    /// <summary>The number of points.</summary>
    public int Count => (int)Labels.size(0);

    /// <inheritdoc/>
    public void Dispose()
    {
        Points.Dispose();
        Labels.Dispose();
    }
}
