using Contrastive.Torch;
using TorchSharp;

namespace Contrastive.Data;

/// <summary>
/// A generated world of colored shapes: the class is the shape, while color, background, position, size and rotation vary and say
/// nothing about it. Bright shapes lie on dark backgrounds, so that pixels alone tell little, the two views of an image can be matched
/// by color as long as augmentation leaves it unchanged, and a small network learns the shapes in about a minute once it does not.
/// </summary>
public static class Shapes
{
    /// <summary>The ten shapes, in the order of their labels.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = [.. ShapeOutline.All.Select(shape => shape.Name)];

    /// <summary>The nine colors of shapes, in the order of <see cref="ImageSet.Colors"/>.</summary>
    public static IReadOnlyList<string> ColorNames { get; } = [.. ShapePalette.Shapes.Select(color => color.Name)];

    /// <summary>The eight colors of grounds, in the order of <see cref="ImageSet.Grounds"/>.</summary>
    public static IReadOnlyList<string> GroundNames { get; } = [.. ShapePalette.Grounds.Select(color => color.Name)];

    /// <summary>
    /// Draws images. Image i depends on <paramref name="seed"/> and i only: not on the number of threads, nor on
    /// <paramref name="count"/>. Each block of ten consecutive images holds every class once. Use another seed for held-out images.
    /// </summary>
    /// <param name="count">How many images to draw, at least 1.</param>
    /// <param name="seed">Which world; the same seed gives the same images.</param>
    /// <param name="size">Height and width in pixels, at least 8. The default is 32.</param>
    /// <returns>The images, uint8 [count, 3, size, size], and the attributes of each.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no images to draw, they are too small, or exceed 2 GB in all.</exception>
    public static ShapesSet Generate(int count, long seed, int size = 32)
    {
        Require.AtLeast(size, 8, "shapes cannot be told apart on fewer pixels");
        var imageLength = 3L * size * size;
        Require.Between(count, 1, Array.MaxLength / imageLength, "no more images of this size fit in one set; generate several with different seeds");

        var pixels = new byte[count * imageLength];
        var labels = new long[count];
        var attributes = new ShapeAttributes[count];
        Parallel.For(0, count, index =>
        {
            var random = new SplitMix64(seed, index);
            var shape = ClassOf(index, seed);
            var painting = ShapePainting.Draw(shape, ref random);
            painting.Paint(pixels.AsSpan((int)(index * imageLength), (int)imageLength), size, ref random);
            labels[index] = shape;
            attributes[index] = painting.Attributes;
        });

        var images = torch.tensor(pixels, [count, 3, size, size], dtype: torch.uint8);
        var set = new ImageSet("shapes", images, torch.tensor(labels), ClassNames)
        {
            Colors = Places(ColorNames, attributes.Select(attribute => attribute.Color)),
            Grounds = Places(GroundNames, attributes.Select(attribute => attribute.Background)),
        };
        return new ShapesSet(set, attributes);
    }

    private static torch.Tensor Places(IReadOnlyList<string> names, IEnumerable<string> values)
    {
        var places = names.Index().ToDictionary(name => name.Item, name => (long)name.Index, StringComparer.Ordinal);
        return torch.tensor(values.Select(value => places[value]).ToArray());
    }

    /// <summary>Shuffles the classes within each block of as many images as there are classes.</summary>
    private static int ClassOf(int index, long seed)
    {
        var (block, place) = Math.DivRem(index, ClassNames.Count);
        var random = new SplitMix64(seed, ~(long)block);
        Span<int> order = stackalloc int[ClassNames.Count];
        for (var i = 0; i < order.Length; i++)
        {
            var other = random.Below(i + 1);
            order[i] = order[other];
            order[other] = i;
        }

        return order[place];
    }
}
