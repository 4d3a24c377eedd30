using System.Diagnostics.CodeAnalysis;
using Contrastive.Torch;
using TorchSharp;
using static System.FormattableString;

namespace Contrastive.Data;

/// <summary>
/// A generated world of captioned pictures: one to three bright shapes on a dark ground, and captions of a vocabulary of some fifty words, all
/// true, which say shape, color, size, number or how two things lie. The shapes and colors are those of <see cref="Shapes"/>, smaller.
/// </summary>
public static class Scenes
{
    /// <summary>The ten shapes, in the order of their labels: those of <see cref="Shapes.ClassNames"/>.</summary>
    public static IReadOnlyList<string> ShapeNames { get; } = Shapes.ClassNames;

    /// <summary>The nine colors of things.</summary>
    public static IReadOnlyList<string> ColorNames { get; } = [.. ShapePalette.Shapes.Select(color => color.Name)];

    /// <summary>All ninety pairs of a color and a shape, by shape and then by color.</summary>
    public static IReadOnlyList<ColorShape> Pairs { get; } = [.. ShapeNames.SelectMany(shape => ColorNames.Select(color => new ColorShape(color, shape)))];

    /// <summary>The nine pairs that are held out by default: one of each color, of nine shapes, so that every color and every shape is seen in
    /// other pairs.</summary>
    public static IReadOnlyList<ColorShape> HeldOut { get; } = [.. ColorNames.Select((color, i) => new ColorShape(color, ShapeNames[3 * i % 10]))];

    /// <summary>Draws scenes. Scene i depends on <paramref name="seed"/>, the options and i only: not on the number of threads, nor on
    /// <paramref name="count"/>. Use another seed for held-out scenes. A caption's number is exact: <c>a red star</c> is said where there is one,
    /// <c>two red stars</c> where there are two; <c>to the left of</c>, <c>above</c> and so on are said of single things where that is plain to
    /// see. The captions of a scene differ, unless there is too little to say.</summary>
    /// <param name="count">How many scenes, at least 1.</param>
    /// <param name="seed">Which world; the same seed gives the same scenes.</param>
    /// <param name="options">What they are like; the defaults if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no scenes to draw, they exceed 2 GB, or an option is out of its range.</exception>
    /// <exception cref="ArgumentException">There is no such color or shape, or no pair of them is left.</exception>
    public static SceneSet Generate(int count, long seed, SceneOptions? options = null)
    {
        var chosen = options ?? new SceneOptions();
        chosen.Check();
        var pairs = chosen.Pairs;
        var captions = new IReadOnlyList<string>[count < 0 ? 0 : count];
        var (images, scenes) = Paint(count, seed, chosen.Size, (ref random, _) => SceneLayout.Pairs(chosen, pairs, ref random));
        Parallel.For(0, count, index =>
        {
            var random = new SplitMix64(seed, ~(long)index);
            captions[index] = SceneCaptions.Draw(scenes[index], chosen.CaptionsPerScene, ref random);
        });
        return new SceneSet(new CaptionedImages("scenes", images, captions, [.. Enumerable.Range(0, count).Select(i => Invariant($"scene {i}"))]), scenes, chosen);
    }

    /// <summary>Draws scenes of one thing each, to classify its shape. Each block of as many pictures as there are pairs holds every pair of color
    /// and shape once: all ninety, held out or not, or those of <see cref="SceneOptions.Only"/>.</summary>
    /// <param name="count">How many pictures, at least 1.</param>
    /// <param name="seed">Which world; the same seed gives the same pictures.</param>
    /// <param name="options">Size, and which pairs count as held out; the numbers of things and captions do not matter.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no pictures to draw, they exceed 2 GB, or an option is out of its range.</exception>
    /// <exception cref="ArgumentException">There is no such color or shape.</exception>
    [SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "A single thing, not a number format.")]
    public static SingleSceneSet Single(int count, long seed, SceneOptions? options = null)
    {
        var chosen = options ?? new SceneOptions();
        chosen.Check();
        var pairs = chosen.Only ?? Pairs;
        var (images, scenes) = Paint(count, seed, chosen.Size, (ref _, index) => [OfBlock(pairs, index, seed)]);
        long[] labels = [.. scenes.Select(scene => (long)ShapeNames.Index().First(shape => shape.Item == scene.Objects[0].Shape).Index)];
        return new SingleSceneSet(new ImageSet("single shapes", images, torch.tensor(labels), ShapeNames), scenes, chosen.HeldOut);
    }

    private delegate ColorShape[] Things(ref SplitMix64 random, int index);

    private static (torch.Tensor Images, Scene[] Scenes) Paint(int count, long seed, int size, Things things)
    {
        var length = 3L * size * size;
        Require.Between(count, 1, Array.MaxLength / length, "no more pictures of this size fit in one set; generate several with different seeds");
        var pixels = new byte[count * length];
        var scenes = new Scene[count];
        Parallel.For(0, count, index =>
        {
            var random = new SplitMix64(seed, index);
            var (background, ground) = ShapePalette.Draw(ShapePalette.Grounds, ref random);
            scenes[index] = SceneLayout.Place(things(ref random, index), background, ref random);
            SceneLayout.Paint(scenes[index], ground, pixels.AsSpan((int)(index * length), (int)length), size, ref random);
        });
        return (torch.tensor(pixels, [count, 3, size, size], dtype: torch.uint8), scenes);
    }

    /// <summary>The pair at this place, where each block of pairs is in an order of its own.</summary>
    private static ColorShape OfBlock(IReadOnlyList<ColorShape> pairs, int index, long seed)
    {
        var (block, place) = Math.DivRem(index, pairs.Count);
        var random = new SplitMix64(seed, ~(long)block);
        ColorShape[] order = [.. pairs];
        for (var i = order.Length - 1; i > 0; i--)
        {
            var other = random.Below(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order[place];
    }
}
