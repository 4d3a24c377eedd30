using Contrastive.Augmentation;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Augmentation;

public sealed class RandomResizedCropTests
{
    [Theory]
    [InlineData(32, 32, 32)]
    [InlineData(20, 28, 32)]
    [InlineData(64, 64, 32)]
    [InlineData(48, 40, 11)]
    [InlineData(28, 36, 32)]
    public void Equals_cutting_each_box_and_interpolating_it_alone(int height, int width, int size)
    {
        using var scope = NewDisposeScope();
        var images = AugmentationTests.Images(40, 3, height, width);
        var boxes = new RandomResizedCrop(size).Draw(new Generator(3), 40, height, width);
        var views = BoxResampling.Resize(images, boxes, size);
        for (var i = 0; i < 40; i++)
        {
            var box = Box.Of(boxes, i);
            var cut = images[i, .., box.Top..(box.Top + box.Height), box.Left..(box.Left + box.Width)].unsqueeze(0);
            var expected = nn.functional.interpolate(cut, [size, size], mode: InterpolationMode.Bilinear, align_corners: false, antialias: true);
            Assert.True(expected[0].allclose(views[i], 1e-4, 2e-6), $"image {i}, {box}");
        }
    }

    [Fact]
    public void The_matrix_filter_and_the_interpolation_agree_where_nothing_shrinks()
    {
        using var scope = NewDisposeScope();
        var images = AugmentationTests.Images(30, 3, 24, 32);
        var boxes = new RandomResizedCrop(32).Draw(new Generator(4), 30, 24, 32);
        Assert.True(BoxResampling.Interpolate(images, boxes, 32).allclose(BoxResampling.Filter(images, boxes, 32), 1e-4, 2e-6));
    }

    [Fact]
    public void Resizing_equals_torchvision()
    {
        using var scope = NewDisposeScope();
        var one = ones(1);
        var boxes = new RandomBoxes(one * 0, one, one * 2, one * 2);
        Assert.True(BoxResampling.Resize(Torchvision.Image, boxes, 3).allclose(Torchvision.Cropped, 1e-5, 1e-5));
    }

    [Fact]
    public void A_box_of_the_whole_image_changes_nothing()
    {
        using var scope = NewDisposeScope();
        var images = AugmentationTests.Images(4, 3, 32, 32);
        var view = new RandomResizedCrop(32, minScale: 1, minRatio: 1, maxRatio: 1).Apply(images, new Generator(1));
        Assert.True(view.allclose(images, 1e-5, 1e-5));
    }

    [Fact]
    public void Areas_are_uniform_ratios_log_uniform_and_places_uniform()
    {
        using var scope = NewDisposeScope();
        const int Count = 20_000;
        var boxes = new RandomResizedCrop(32, maxScale: 0.5).Draw(new Generator(5), Count, 512, 512); // rounding is negligible at 512
        var all = Enumerable.Range(0, Count).Select(i => Box.Of(boxes, i)).ToArray();
        var areas = all.Select(box => (double)box.Height * box.Width / (512 * 512)).ToArray();
        var ratios = all.Select(box => Math.Log((double)box.Width / box.Height) / Math.Log(4.0 / 3)).ToArray();
        AssertUniform(areas, 0.08, 0.5, 0.003);
        AssertUniform(ratios, -1, 1, 0.02);
        AssertUniform([.. all.Select(box => (box.Top + 0.5) / (513 - box.Height))], 0, 1, 0.01);
        AssertUniform([.. all.Select(box => (box.Left + 0.5) / (513 - box.Width))], 0, 1, 0.01);
        Assert.Contains(all, box => box.Top + box.Height == 512);
        Assert.Contains(all, box => box.Left == 0);
    }

    [Fact]
    public void Boxes_lie_in_the_image_and_a_whole_image_is_as_likely_as_the_rejections_make_it()
    {
        using var scope = NewDisposeScope();
        const int Count = 20_000;
        var boxes = new RandomResizedCrop(32).Draw(new Generator(6), Count, 32, 32);
        var all = Enumerable.Range(0, Count).Select(i => Box.Of(boxes, i)).ToArray();
        Assert.All(all, box => Assert.True(
            box.Top >= 0 && box.Left >= 0 && box.Height >= 1 && box.Width >= 1 && box.Top + box.Height <= 32 && box.Left + box.Width <= 32, box.ToString()));

        // The definition, one draw at a time: accepted areas are biased toward small ones.
        var random = new Random(1);
        var mean = Enumerable.Range(0, Count).Average(_ => Slow(random));
        Assert.Equal(mean, all.Average(box => (double)box.Height * box.Width), 4.0);

        static double Slow(Random random)
        {
            for (var attempt = 0; attempt < 10; attempt++)
            {
                var area = 1024 * (0.08 + 0.92 * random.NextDouble());
                var ratio = Math.Exp(Math.Log(3.0 / 4) + random.NextDouble() * Math.Log(16.0 / 9));
                var (width, height) = (Math.Round(Math.Sqrt(area * ratio)), Math.Round(Math.Sqrt(area / ratio)));
                if (width is > 0 and <= 32 && height is > 0 and <= 32)
                    return width * height;
            }

            return 1024;
        }
    }

    [Theory]
    [InlineData(100, 10, 0, 43, 10, 13)]
    [InlineData(10, 100, 43, 0, 13, 10)]
    public void Where_no_box_fits_the_central_one_of_an_allowed_ratio_is_taken(int width, int height, int top, int left, int boxHeight, int boxWidth)
    {
        using var scope = NewDisposeScope();
        var boxes = new RandomResizedCrop(8, minScale: 0.9).Draw(new Generator(7), 5, height, width);
        Assert.Equal(new Box(top, left, boxHeight, boxWidth), Box.Of(boxes, 4));
    }

    [Fact]
    public void The_whole_image_is_taken_where_only_it_fits()
    {
        using var scope = NewDisposeScope();
        var boxes = new RandomResizedCrop(8, minScale: 1, minRatio: 1.2, maxRatio: 1.3).Draw(new Generator(7), 5, 10, 12);
        Assert.Equal(new Box(0, 0, 10, 12), Box.Of(boxes, 0));
    }

    private static void AssertUniform(double[] values, double low, double high, double tolerance)
    {
        Assert.InRange(values.Min(), low - tolerance, low + tolerance);
        Assert.InRange(values.Max(), high - tolerance, high + tolerance);
        Array.Sort(values);
        foreach (var quantile in new[] { 0.25, 0.5, 0.75 })
            Assert.Equal(low + quantile * (high - low), values[(int)(quantile * values.Length)], tolerance * 2);
    }
}
