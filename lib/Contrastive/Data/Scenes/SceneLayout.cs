using System.Numerics;
using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>Draws scenes: which things, how large, where, so that none touches another or the edge.</summary>
internal static class SceneLayout
{
    /// <summary>The least distance between two things, in half image widths.</summary>
    private const float Gap = 0.06f;

    /// <summary>The share of scenes with several things in which some are alike in color and shape.</summary>
    private const float Alike = 0.35f;

    private const float MostRotation = 0.5f;

    /// <summary>How often a place is looked for before all sizes are drawn again.</summary>
    private const int Tries = 40;

    private static readonly (string Name, float Least, float Most)[] Sizes = [("small", 0.32f, 0.36f), ("medium", 0.4f, 0.44f), ("large", 0.48f, 0.56f)];

    /// <summary>Pairs for the things of one scene.</summary>
    public static ColorShape[] Pairs(SceneOptions options, IReadOnlyList<ColorShape> pairs, ref SplitMix64 random)
    {
        var things = new ColorShape[options.LeastObjects + random.Below(options.MostObjects - options.LeastObjects + 1)];
        for (var i = 0; i < things.Length; i++)
            things[i] = pairs[random.Below(pairs.Count)];
        if (things.Length > 1 && random.Uniform(0, 1) < Alike)
            things.AsSpan(1, 1 + random.Below(things.Length - 1)).Fill(things[0]);
        return things;
    }

    /// <summary>Sizes and places for these things.</summary>
    public static Scene Place(ReadOnlySpan<ColorShape> pairs, string background, ref SplitMix64 random)
    {
        var things = new List<SceneObject>();
        while (things.Count < pairs.Length)
        {
            things.Clear();
            foreach (var pair in pairs)
            {
                var (size, least, most) = Sizes[random.Below(Sizes.Length)];
                if (FindPlace(things, random.Uniform(least, most), ref random) is not var (x, y, halfSize))
                    break;
                things.Add(new SceneObject(pair.Shape, pair.Color, size, x, y, halfSize, random.Uniform(-MostRotation, MostRotation)));
            }
        }

        return new Scene(things, background);
    }

    /// <summary>Paints a scene into channels × rows × columns.</summary>
    public static void Paint(Scene scene, Vector3 ground, Span<byte> pixels, int size, ref SplitMix64 random)
    {
        var shapes = new PaintedShape[scene.Objects.Count];
        for (var i = 0; i < shapes.Length; i++)
        {
            var thing = scene.Objects[i];
            var (_, color) = ShapePalette.Near(ShapePalette.Shapes.First(named => named.Name == thing.Color), ref random);
            var outline = ShapeOutline.All.First(named => named.Name == thing.Shape).Outline;
            shapes[i] = new PaintedShape(outline, color, thing.HalfSize, thing.X, thing.Y, thing.Rotation);
        }

        PaintedShape.Paint(shapes, ground, pixels, size, ref random);
    }

    private static (float X, float Y, float HalfSize)? FindPlace(List<SceneObject> others, float halfSize, ref SplitMix64 random)
    {
        var room = 1 - PaintedShape.Reach * halfSize;
        for (var i = 0; i < Tries; i++)
        {
            var place = new Vector2(random.Uniform(-room, room), random.Uniform(-room, room));
            if (others.TrueForAll(other => Vector2.Distance(place, new(other.X, other.Y)) > PaintedShape.Reach * (other.HalfSize + halfSize) + Gap))
                return (place.X, place.Y, halfSize);
        }

        return null;
    }
}
