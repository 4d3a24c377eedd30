using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Data;

/// <summary>
/// A generated world that fits on paper: points in the plane on concentric rings. The class is the radius, while the angle varies and says
/// nothing about it, so the cosine of two points, which compares angles, says nothing either. An encoder of a few thousand weights learns
/// the rings in a second.
/// </summary>
public static class Rings
{
    /// <summary>
    /// Draws points at even angles; the rings have equal widths, half of the distance from one to the next, and the outermost ends at
    /// 1 + 1 / (4 · <paramref name="rings"/>). Ring after ring gets a point in turn. Use another seed for held-out points.
    /// </summary>
    /// <param name="count">How many points to draw, at least 1.</param>
    /// <param name="seed">Which world; the same seed and count give the same points.</param>
    /// <param name="rings">How many rings. <value>The default is 3.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">There are no points to draw, or no rings.</exception>
    public static RingSet Generate(int count, long seed, int rings = 3)
    {
        Require.AtLeast(count, 1);
        Require.AtLeast(rings, 1);
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var labels = arange(count) % rings;
        var width = (rand(count, generator: generator) - 0.5) * 0.5;
        var radius = (labels.to(float32) + 1 + width) / rings;                                // radius: [N]
        var angle = rand(count, generator: generator) * (2 * Math.PI);                        // angle: [N]
        var points = stack([radius * angle.cos(), radius * angle.sin()], dim: 1);             // points: [N, 2]
        return new RingSet(points.DetachFromDisposeScope(), labels.DetachFromDisposeScope(), rings);
    }

    /// <summary>
    /// A second view of each point: turned about the origin by up to a quarter turn either way, and moved in or out by a factor whose
    /// standard deviation is 3 %. It says that the angle does not matter and the radius does.
    /// </summary>
    /// <param name="points">The points, float [N, 2].</param>
    /// <param name="generator">Draws the turns and the factors.</param>
    /// <returns>The views [N, 2], of the points' type.</returns>
    /// <exception cref="ArgumentException">The points have another shape or type.</exception>
    public static Tensor Turn(Tensor points, Generator generator)
    {
        Require.Shape(points, "float [N, 2]", "one point a row");
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = NewDisposeScope();
        var count = points.size(0);
        var by = ((rand(count, generator: generator) - 0.5) * Math.PI).to(points);            // by: [N], in radians
        var factor = (1 + randn(count, generator: generator) * 0.03).to(points);              // factor: [N]
        var (x, y) = (points[.., 0], points[.., 1]);
        return stack([factor * (x * by.cos() - y * by.sin()), factor * (x * by.sin() + y * by.cos())], dim: 1).MoveToOuterDisposeScope();
    }
}
