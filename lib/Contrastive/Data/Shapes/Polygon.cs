using System.Numerics;

namespace Contrastive.Data;

/// <summary>A simple polygon, given by its corners in order.</summary>
internal sealed class Polygon(params Vector2[] corners) : ShapeOutline
{
    /// <summary>A regular polygon, one corner at the top.</summary>
    public static Polygon Regular(int sides, float radius) =>
        new([.. Enumerable.Range(0, sides).Select(i => OnCircle(i, sides, radius))]);

    /// <summary>A star, one point at the top.</summary>
    public static Polygon Star(int points, float radius, float innerRadius) =>
        new([.. Enumerable.Range(0, 2 * points).Select(i => OnCircle(i, 2 * points, i % 2 == 0 ? radius : innerRadius))]);

    /// <summary>Two crossed bars.</summary>
    public static Polygon Cross(float reach, float halfWidth) => new(
        new(halfWidth, halfWidth), new(halfWidth, reach), new(-halfWidth, reach), new(-halfWidth, halfWidth),
        new(-reach, halfWidth), new(-reach, -halfWidth), new(-halfWidth, -halfWidth), new(-halfWidth, -reach),
        new(halfWidth, -reach), new(halfWidth, -halfWidth), new(reach, -halfWidth), new(reach, halfWidth));

    /// <summary>The distance to the nearest side, signed by counting ray crossings.</summary>
    public override float SignedDistance(Vector2 point)
    {
        var nearest = float.PositiveInfinity;
        var inside = false;
        var previous = corners[^1];
        foreach (var corner in corners)
        {
            var side = previous - corner;
            var fromCorner = point - corner;
            var along = Math.Clamp(Vector2.Dot(fromCorner, side) / side.LengthSquared(), 0, 1);
            nearest = MathF.Min(nearest, (fromCorner - side * along).LengthSquared());
            if (point.Y >= corner.Y != point.Y >= previous.Y && fromCorner.X < side.X * (fromCorner.Y / side.Y))
                inside = !inside;
            previous = corner;
        }

        return inside ? -MathF.Sqrt(nearest) : MathF.Sqrt(nearest);
    }

    private static Vector2 OnCircle(int index, int count, float radius)
    {
        var angle = MathF.PI / 2 + MathF.Tau * index / count;
        return radius * new Vector2(MathF.Cos(angle), MathF.Sin(angle));
    }
}
