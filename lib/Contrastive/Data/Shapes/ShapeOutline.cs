using System.Numerics;

namespace Contrastive.Data;

/// <summary>The outline of one shape class: the signed distance of a point to it, negative inside. Shapes roughly fill the unit
/// circle; y points up.</summary>
internal abstract class ShapeOutline
{
    /// <summary>All outlines, by class name. No two look alike within the rotations that are drawn, nor after a horizontal flip.</summary>
    public static readonly IReadOnlyList<(string Name, ShapeOutline Outline)> All =
    [
        ("circle", new Circle(0.85f)),
        ("square", new Polygon(new(-0.75f, -0.75f), new(0.75f, -0.75f), new(0.75f, 0.75f), new(-0.75f, 0.75f))),
        ("triangle", Polygon.Regular(3, 1.05f)),
        ("star", Polygon.Star(5, 1.05f, 0.42f)),
        ("cross", Polygon.Cross(0.95f, 0.3f)),
        ("ring", new Ring(0.72f, 0.2f)),
        ("heart", new Heart(1.6f)),
        ("crescent", new Crescent(0.95f, 0.85f, 0.5f)),
        ("pentagon", Polygon.Regular(5, 0.95f)),
        ("arrow", new Polygon(
            new(0, 1), new(-0.75f, 0.15f), new(-0.27f, 0.15f), new(-0.27f, -0.95f), new(0.27f, -0.95f), new(0.27f, 0.15f), new(0.75f, 0.15f))),
    ];

    public abstract float SignedDistance(Vector2 point);

    private sealed class Circle(float radius) : ShapeOutline
    {
        public override float SignedDistance(Vector2 point) => point.Length() - radius;
    }

    private sealed class Ring(float radius, float halfWidth) : ShapeOutline
    {
        public override float SignedDistance(Vector2 point) => MathF.Abs(point.Length() - radius) - halfWidth;
    }

    /// <summary>A disk from which a second disk, shifted to the right, is cut out.</summary>
    private sealed class Crescent(float radius, float cutRadius, float cutOffset) : ShapeOutline
    {
        public override float SignedDistance(Vector2 point) =>
            MathF.Max(point.Length() - radius, cutRadius - (point - new Vector2(cutOffset, 0)).Length());
    }

    /// <summary>A square standing on its corner with a half disk on each upper side.</summary>
    private sealed class Heart(float scale) : ShapeOutline
    {
        private static readonly Vector2 Lobe = new(0.25f, 0.75f);

        public override float SignedDistance(Vector2 point)
        {
            var p = new Vector2(MathF.Abs(point.X), point.Y) / scale + new Vector2(0, 0.55f);
            if (p.X + p.Y > 1)
                return scale * (Vector2.Distance(p, Lobe) - MathF.Sqrt(2) / 4);
            var toNotch = Vector2.DistanceSquared(p, Vector2.UnitY);
            var toSide = Vector2.DistanceSquared(p, new Vector2(0.5f * MathF.Max(p.X + p.Y, 0)));
            return scale * MathF.Sqrt(MathF.Min(toNotch, toSide)) * MathF.Sign(p.X - p.Y);
        }
    }
}
