using System.Numerics;
using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>One image to be painted: what it shows and the exact colors.</summary>
internal sealed record ShapePainting(ShapeAttributes Attributes, ShapeOutline Outline, Vector3 Color, Vector3 Ground)
{
    /// <summary>Draws everything but the class at random, independently of the class.</summary>
    public static ShapePainting Draw(int shape, ref SplitMix64 random)
    {
        var (colorName, color) = ShapePalette.Draw(ShapePalette.Shapes, ref random);
        var (groundName, ground) = ShapePalette.Draw(ShapePalette.Grounds, ref random);
        var (name, outline) = ShapeOutline.All[shape];
        var attributes = new ShapeAttributes(
            name, colorName, groundName,
            HalfSize: random.Uniform(0.5f, 0.8f),
            OffsetX: random.Uniform(-0.35f, 0.35f),
            OffsetY: random.Uniform(-0.35f, 0.35f),
            Rotation: random.Uniform(-0.75f, 0.75f));
        return new ShapePainting(attributes, outline, color, ground);
    }

    /// <summary>Paints into channels × rows × columns.</summary>
    public void Paint(Span<byte> pixels, int size, ref SplitMix64 random)
    {
        var shape = new PaintedShape(Outline, Color, Attributes.HalfSize, Attributes.OffsetX, Attributes.OffsetY, Attributes.Rotation);
        PaintedShape.Paint([shape], Ground, pixels, size, ref random);
    }
}
