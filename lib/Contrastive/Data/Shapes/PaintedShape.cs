using System.Numerics;
using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>One shape on a picture: where it lies, in half image widths from the center, y upward, and its exact color.</summary>
internal sealed record PaintedShape(ShapeOutline Outline, Vector3 Color, float HalfSize, float X, float Y, float Rotation)
{
    /// <summary>No outline reaches further from its center, in half sizes.</summary>
    public const float Reach = 1.1f;

    /// <summary>The largest change that the slight noise makes to a channel; its distribution is triangular.</summary>
    private const float Noise = 0.06f;

    private readonly Matrix3x2 _toShape = Matrix3x2.CreateTranslation(-X, -Y) * Matrix3x2.CreateRotation(-Rotation) * Matrix3x2.CreateScale(1 / HalfSize);

    /// <summary>Paints shapes, later ones over earlier ones, into channels × rows × columns; a pixel on an outline is antialiased by how much of
    /// it the shape covers.</summary>
    public static void Paint(ReadOnlySpan<PaintedShape> shapes, Vector3 ground, Span<byte> pixels, int size, ref SplitMix64 random)
    {
        var red = pixels[..(size * size)];
        var green = pixels[(size * size)..(2 * size * size)];
        var blue = pixels[(2 * size * size)..];
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var point = new Vector2((2 * x + 1f) / size - 1, 1 - (2 * y + 1f) / size);
                var color = ground;
                foreach (var shape in shapes)
                    color = Vector3.Lerp(color, shape.Color, shape.Coverage(point, size));
                color = Vector3.Clamp(color + Speck(random.Next()), Vector3.Zero, Vector3.One) * 255 + new Vector3(0.5f);
                var pixel = y * size + x;
                (red[pixel], green[pixel], blue[pixel]) = ((byte)color.X, (byte)color.Y, (byte)color.Z);
            }
        }
    }

    /// <summary>How much of the pixel around a point the shape covers, 0 to 1.</summary>
    private float Coverage(Vector2 point, int size)
    {
        var place = Vector2.Transform(point, _toShape);
        var pixelsPerUnit = HalfSize * size / 2;
        return (place.Length() - Reach) * pixelsPerUnit > 0.5f ? 0 : Math.Clamp(0.5f - Outline.SignedDistance(place) * pixelsPerUnit, 0, 1);
    }

    /// <summary>The sum of two uniform bytes for each channel, from one random number.</summary>
    private static Vector3 Speck(ulong bits) => Noise / 255 * new Vector3(
        (byte)bits + (byte)(bits >> 8) - 255,
        (byte)(bits >> 16) + (byte)(bits >> 24) - 255,
        (byte)(bits >> 32) + (byte)(bits >> 40) - 255);
}
