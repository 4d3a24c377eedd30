using Contrastive.Data;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Data;

public sealed class ShapesTests
{
    [Fact]
    public void The_same_seed_gives_the_same_images_whatever_their_number()
    {
        using var few = Shapes.Generate(37, seed: 5);
        using var many = Shapes.Generate(200, seed: 5);
        Assert.True(few.Images.Images.equal(many.Images.Images[..37]).all().item<bool>());
        Assert.Equal(few.Attributes, many.Attributes.Take(37));
    }

    [Fact]
    public void Another_seed_gives_other_images()
    {
        using var one = Shapes.Generate(50, seed: 1);
        using var other = Shapes.Generate(50, seed: 2);
        Assert.Empty(one.Attributes.Intersect(other.Attributes));
    }

    [Fact]
    public void Each_block_of_ten_holds_every_class_once_in_a_changing_order()
    {
        using var set = Shapes.Generate(1000, seed: 3);
        var blocks = set.Images.Labels.data<long>().ToArray().Chunk(10).ToArray();
        Assert.All(blocks, block => Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), block.Order()));
        Assert.True(blocks.Select(block => block[0]).Distinct().Count() == 10);
    }

    [Fact]
    public void Labels_name_the_drawn_shape()
    {
        using var set = Shapes.Generate(100, seed: 4);
        var labels = set.Images.Labels.data<long>().ToArray();
        Assert.Equal(set.Attributes.Select(a => a.Shape), labels.Select(label => set.Images.ClassNames[(int)label]));
    }

    [Fact]
    public void Colors_and_grounds_name_what_was_drawn_and_stay_with_their_images()
    {
        using var set = Shapes.Generate(100, seed: 4);
        using var images = set.Images.To(CPU);
        using var some = images.Take(30);
        using var chosen = some.Select(tensor(new long[] { 7, 2 }));
        var colors = images.Colors!.data<long>().ToArray();

        Assert.Equal(set.Attributes.Select(a => a.Color), colors.Select(color => Shapes.ColorNames[(int)color]));
        Assert.Equal(set.Attributes.Select(a => a.Background), images.Grounds!.data<long>().Select(ground => Shapes.GroundNames[(int)ground]));
        Assert.Equal([colors[7], colors[2]], chosen.Colors!.data<long>().ToArray());
        Assert.Equal([9, 8], new[] { Shapes.ColorNames.Count, Shapes.GroundNames.Count });
    }

    [Fact]
    public void Attributes_say_nothing_about_the_class()
    {
        using var set = Shapes.Generate(10_000, seed: 6);
        foreach (var shape in set.Attributes.GroupBy(a => a.Shape))
        {
            // 1,000 images a class: five standard errors of each mean.
            Assert.InRange(shape.Average(a => a.OffsetX), -0.032, 0.032);
            Assert.InRange(shape.Average(a => a.OffsetY), -0.032, 0.032);
            Assert.InRange(shape.Average(a => a.Rotation), -0.069, 0.069);
            Assert.InRange(shape.Average(a => a.HalfSize), 0.636, 0.664);
            Assert.All(shape.GroupBy(a => a.Color), color => Assert.InRange(color.Count(), 61, 161));
            Assert.All(shape.GroupBy(a => a.Background), ground => Assert.InRange(ground.Count(), 72, 178));
        }
    }

    [Fact]
    public void Shape_and_ground_show_the_named_colors()
    {
        using var set = Shapes.Generate(500, seed: 7, size: 48);
        var circles = Enumerable.Range(0, 500).Where(i => set.Attributes[i].Shape == "circle").ToArray();
        Assert.Equal(50, circles.Length);
        foreach (var i in circles)
        {
            var attributes = set.Attributes[i];
            var center = Pixel(attributes.OffsetX, attributes.OffsetY);
            var corner = Pixel(attributes.OffsetX > 0 ? -0.97f : 0.97f, attributes.OffsetY > 0 ? -0.97f : 0.97f);
            Assert.Equal(attributes.Color, Nearest(ShapePalette.Shapes, center));
            Assert.Equal(attributes.Background, Nearest(ShapePalette.Grounds, corner));

            System.Numerics.Vector3 Pixel(float x, float y)
            {
                // The mean of 3 × 3 pixels, to suppress the noise.
                var (column, row) = (Math.Clamp((int)((1 + x) * 24), 1, 46), Math.Clamp((int)((1 - y) * 24), 1, 46));
                var mean = set.Images.Images[i, .., (row - 1)..(row + 2), (column - 1)..(column + 2)].to(float32).mean([1, 2]) / 255;
                return new(mean[0].item<float>(), mean[1].item<float>(), mean[2].item<float>());
            }
        }

        static string Nearest(IReadOnlyList<(string Name, System.Numerics.Vector3 Color)> palette, System.Numerics.Vector3 color) =>
            palette.MinBy(named => System.Numerics.Vector3.Distance(named.Color, color)).Name;
    }

    [Theory]
    [InlineData(0, Math.PI * 0.85 * 0.85)]
    [InlineData(1, 1.5 * 1.5)]
    [InlineData(2, 1.05 * 1.05 * 1.299038)]
    [InlineData(4, 4 * 0.95 * 0.6 - 0.6 * 0.6)]
    [InlineData(5, Math.PI * (0.92 * 0.92 - 0.52 * 0.52))]
    [InlineData(6, 1.6 * 1.6 * (0.5 + Math.PI / 8))]
    [InlineData(8, 0.95 * 0.95 * 2.377641)]
    public void Outlines_enclose_the_area_of_their_shape(int shape, double area)
    {
        var outline = ShapeOutline.All[shape].Outline;
        var inside = 0;
        for (var y = -1.495f; y < 1.5; y += 0.01f)
            for (var x = -1.495f; x < 1.5; x += 0.01f)
                inside += outline.SignedDistance(new(x, y)) < 0 ? 1 : 0;
        Assert.Equal(area, inside * 1e-4, 0.01);
    }

    [Fact]
    public void Distances_to_outlines_change_by_at_most_the_step_walked()
    {
        foreach (var (name, outline) in ShapeOutline.All)
        {
            for (var angle = 0f; angle < MathF.Tau; angle += 0.11f)
            {
                var step = 0.02f * new System.Numerics.Vector2(MathF.Cos(angle), MathF.Sin(angle));
                for (var distance = 0f; distance < 1.5f; distance += 0.02f)
                {
                    var point = step * (distance / 0.02f);
                    var change = MathF.Abs(outline.SignedDistance(point + step) - outline.SignedDistance(point));
                    Assert.True(change <= 0.0201f, $"{name} at {point}: {change}");
                }
            }
        }
    }

    [Fact]
    public void Pixels_are_a_poor_guide_to_the_class()
    {
        using var scope = NewDisposeScope();
        using var train = Shapes.Generate(4000, seed: 0);
        using var test = Shapes.Generate(1000, seed: 1);
        var distances = cdist(Flat(test.Images), Flat(train.Images)); // [1000, 4000]
        var nearest = distances.topk(20, dim: 1, largest: false).indexes; // [1000, 20]
        var votes = nn.functional.one_hot(train.Images.Labels[nearest], 10).sum(dim: 1); // [1000, 10]
        var accuracy = votes.argmax(1).eq(test.Images.Labels).to(float32).mean().item<float>();
        Assert.InRange(accuracy, 0.2f, 0.55f);

        static Tensor Flat(ImageSet set) => set.Images.to(float32).flatten(1) / 255;
    }

    [Theory]
    [InlineData(64)]
    [InlineData(19)]
    public void Any_size_can_be_drawn_and_shows_the_same_scene(int size)
    {
        using var set = Shapes.Generate(10, seed: 8, size);
        using var usual = Shapes.Generate(10, seed: 8);
        Assert.Equal([10, 3, size, size], set.Images.Images.shape);
        Assert.Equal(usual.Attributes, set.Attributes);
        var coarse = nn.functional.adaptive_avg_pool2d(set.Images.Images.to(float32), [4, 4]);
        var usualCoarse = nn.functional.adaptive_avg_pool2d(usual.Images.Images.to(float32), [4, 4]);
        Assert.True((coarse - usualCoarse).abs().mean().item<float>() < 6);
    }

    [Fact]
    public void Attributes_speak_in_words()
    {
        var attributes = new ShapeAttributes("star", "red", "navy", 0.55f, 0.2f, 0.3f, -0.5f);
        Assert.Equal(("small", "top right", "tilted right"), (attributes.Size, attributes.Position, attributes.Tilt));
        attributes = attributes with { HalfSize = 0.7f, OffsetX = 0, OffsetY = -0.3f, Rotation = 0.1f };
        Assert.Equal(("large", "bottom", "upright"), (attributes.Size, attributes.Position, attributes.Tilt));
        attributes = attributes with { HalfSize = 0.65f, OffsetY = 0.1f, Rotation = 0.3f };
        Assert.Equal(("medium", "center", "tilted left"), (attributes.Size, attributes.Position, attributes.Tilt));
        Assert.Equal("left", (attributes with { OffsetX = -0.2f }).Position);
    }

    [Theory]
    [InlineData(0, 32, "count")]
    [InlineData(10, 7, "size")]
    [InlineData(2_000_000, 32, "count")]
    public void Impossible_sets_are_refused_with_the_value_at_fault(int count, int size, string parameter)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Shapes.Generate(count, seed: 0, size));
        Assert.Equal(parameter, error.ParamName);
    }
}
