using Contrastive.Augmentation;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Augmentation;

public sealed class ColorJitterTests
{
    [Fact]
    public void Equals_changing_each_image_alone_pixel_by_pixel_in_every_order()
    {
        using var scope = NewDisposeScope();
        var images = AugmentationTests.Images(240, 3, 5, 6);
        var adjustment = ColorJitter.Strength(1.2).Draw(new Generator(7), 240);
        var order = adjustment.Order.data<long>().ToArray().Chunk(4).ToArray();
        Assert.Equal(24, order.Select(kinds => string.Join(",", kinds)).Distinct().Count());

        var changed = images.clone();
        ColorAdjustment.Apply(changed, adjustment);
        for (var i = 0; i < 240; i++)
        {
            var pixels = images[i].flatten(1).t().contiguous().to(float64).data<double>().ToArray().Chunk(3).ToArray(); // [H · W][3]
            foreach (var kind in order[i])
                pixels = SlowColor.Change(pixels, kind, kind == 3 ? adjustment.Hue[i].item<float>() : adjustment.Factors[i, kind].item<float>());
            var expected = tensor(pixels.SelectMany(pixel => pixel).ToArray()).view(30, 3).t().to(float32);
            Assert.True(expected.allclose(changed[i].flatten(1), 1e-4, 1e-5), $"image {i}, order {string.Join(", ", order[i])}");
        }
    }

    [Fact]
    public void Each_change_equals_torchvision()
    {
        using var scope = NewDisposeScope();
        Close(Torchvision.Brighter, Changed(1.3f, 1, 1, 0));
        Close(Torchvision.Flatter, Changed(1, 0.4f, 1, 0));
        Close(Torchvision.MoreColorful, Changed(1, 1, 1.7f, 0));
        Close(Torchvision.HueForward, Changed(1, 1, 1, 0.1f));
        Close(Torchvision.HueBack, Changed(1, 1, 1, -0.45f));

        static Tensor Changed(float brightness, float contrast, float saturation, float hue)
        {
            var images = Torchvision.Image;
            var order = tensor(new long[] { 2, 3, 0, 1 }).unsqueeze(0);
            ColorAdjustment.Apply(images, new ColorAdjustment(tensor(new[] { brightness, contrast, saturation }).unsqueeze(0), tensor(new[] { hue }), order));
            return images;
        }

        static void Close(Tensor expected, Tensor actual) =>
            Assert.True(expected.allclose(actual, 1e-5, 1e-5));
    }

    [Fact]
    public void Factors_and_turns_are_uniform_in_their_ranges_and_orders_equally_likely()
    {
        using var scope = NewDisposeScope();
        const int Count = 24_000;
        var adjustment = new ColorJitter(0.4, 1.5, 0.2, 0.3).Draw(new Generator(8), Count);
        AssertUniform(adjustment.Factors[.., 0], 0.6, 1.4);
        AssertUniform(adjustment.Factors[.., 1], 0, 2.5);
        AssertUniform(adjustment.Factors[.., 2], 0.8, 1.2);
        AssertUniform(adjustment.Hue, -0.3, 0.3);
        var orders = adjustment.Order.data<long>().ToArray().Chunk(4).CountBy(kinds => string.Join(",", kinds)).ToArray();
        Assert.Equal(24, orders.Length);
        Assert.All(orders, order => Assert.InRange(order.Value, 850, 1150)); // 1,000 ± 5 standard errors

        static void AssertUniform(Tensor values, double low, double high)
        {
            var sorted = values.to(float64).data<double>().Order().ToArray();
            var tolerance = 0.02 * (high - low);
            Assert.InRange(sorted[0], low - 1e-6, low + tolerance);
            Assert.InRange(sorted[^1], high - tolerance, high + 1e-6);
            Assert.Equal((low + high) / 2, sorted.Average(), tolerance);
            Assert.Equal(low + (high - low) / 4, sorted[Count / 4], tolerance);
        }
    }

    [Fact]
    public void Strength_scales_all_four_reaches()
    {
        using var scope = NewDisposeScope();
        var adjustment = ColorJitter.Strength(0.5).Draw(new Generator(9), 5000);
        Assert.InRange(adjustment.Factors.min().item<float>(), 0.6f, 0.61f);
        Assert.InRange(adjustment.Factors.max().item<float>(), 1.39f, 1.4001f);
        Assert.InRange(adjustment.Hue.abs().max().item<float>(), 0.099f, 0.1f);
    }

    [Fact]
    public void A_jitter_without_reach_changes_nothing()
    {
        using var scope = NewDisposeScope();
        var images = AugmentationTests.Images(10, 3, 8, 8);
        Assert.True(new ColorJitter().Apply(images, new Generator(1)).allclose(images, 1e-5, 1e-6));
    }

    [Fact]
    public void Hue_and_saturation_leave_gray_pixels_and_gray_images_alone()
    {
        using var scope = NewDisposeScope();
        var gray = AugmentationTests.Images(10, 1, 8, 8);
        var jitter = new ColorJitter(saturation: 1, hue: 0.5);
        Assert.True(jitter.Apply(gray, new Generator(1)).allclose(gray, 1e-5, 1e-6));
        Assert.True(jitter.Apply(gray.expand(-1, 3, -1, -1), new Generator(1)).allclose(gray.expand(-1, 3, -1, -1), 1e-3, 2e-4));
    }
}
