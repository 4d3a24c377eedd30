using System.Numerics;
using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>One image to be painted: what it shows and the exact colors.</summary>
internal sealed record ShapePainting(ShapeAttributes Attributes, ShapeOutline Outline, Vector3 Color, Vector3 Ground)
{
    /// <summary>The largest change that the slight noise makes to a channel; its distribution is triangular.</summary>
    private const float Noise = 0.06f;

    /// <summary>Draws everything but the class at random, independently of the class.</summary>
    public static ShapePainting Draw(int shape, ref SplitMix64 random)
    {
        var (colorName, color) = Stray(ShapePalette.Shapes, ref random);
        var (groundName, ground) = Stray(ShapePalette.Grounds, ref random);
        var (name, outline) = ShapeOutline.All[shape];
        var attributes = new ShapeAttributes(
            name, colorName, groundName,
            HalfSize: random.Uniform(0.5f, 0.8f),
            OffsetX: random.Uniform(-0.35f, 0.35f),
            OffsetY: random.Uniform(-0.35f, 0.35f),
            Rotation: random.Uniform(-0.75f, 0.75f));
        return new ShapePainting(attributes, outline, color, ground);
    }

    /// <summary>Paints into channels × rows × columns; a pixel on the outline is antialiased by how much of it the shape covers.</summary>
    public void Paint(Span<byte> pixels, int size, ref SplitMix64 random)
    {
        var toShape = Matrix3x2.CreateTranslation(-Attributes.OffsetX, -Attributes.OffsetY)
            * Matrix3x2.CreateRotation(-Attributes.Rotation)
            * Matrix3x2.CreateScale(1 / Attributes.HalfSize);
        var pixelsPerUnit = Attributes.HalfSize * size / 2;
        var red = pixels[..(size * size)];
        var green = pixels[(size * size)..(2 * size * size)];
        var blue = pixels[(2 * size * size)..];
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var point = new Vector2((2 * x + 1f) / size - 1, 1 - (2 * y + 1f) / size);
                var distance = Outline.SignedDistance(Vector2.Transform(point, toShape)) * pixelsPerUnit;
                var color = Vector3.Lerp(Ground, Color, Math.Clamp(0.5f - distance, 0, 1));
                color = Vector3.Clamp(color + Speck(random.Next()), Vector3.Zero, Vector3.One) * 255 + new Vector3(0.5f);
                var pixel = y * size + x;
                (red[pixel], green[pixel], blue[pixel]) = ((byte)color.X, (byte)color.Y, (byte)color.Z);
            }
        }
    }

    private static (string Name, Vector3 Color) Stray(IReadOnlyList<(string Name, Vector3 Color)> palette, ref SplitMix64 random)
    {
        const float Spread = ShapePalette.Spread;
        var (name, color) = palette[random.Below(palette.Count)];
        var stray = new Vector3(random.Uniform(-Spread, Spread), random.Uniform(-Spread, Spread), random.Uniform(-Spread, Spread));
        return (name, Vector3.Clamp(color + stray, Vector3.Zero, Vector3.One));
    }

    /// <summary>The sum of two uniform bytes for each channel, from one random number.</summary>
    private static Vector3 Speck(ulong bits) => Noise / 255 * new Vector3(
        (byte)bits + (byte)(bits >> 8) - 255,
        (byte)(bits >> 16) + (byte)(bits >> 24) - 255,
        (byte)(bits >> 32) + (byte)(bits >> 40) - 255);
}
