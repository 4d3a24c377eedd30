using Contrastive.Augmentation;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Augmentation;

public sealed class RandomErasingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    public void Equals_filling_each_box_pixel_by_pixel(double value)
    {
        using var scope = NewDisposeScope();
        var images = AugmentationTests.Images(20, 2, 9, 11);
        var (boxes, erased) = new RandomErasing().Draw(new Generator(5), 20, 9, 11);
        var actual = images.clone();
        RandomErasing.Erase(actual, boxes, erased, value);
        Assert.InRange(erased.sum().item<float>(), 1, 19);
        for (var i = 0; i < 20; i++)
        {
            var box = Box.Of(boxes, i);
            for (var y = 0; y < 9; y++)
                for (var x = 0; x < 11; x++)
                {
                    var within = erased[i].item<float>() == 1 && y >= box.Top && y < box.Top + box.Height && x >= box.Left && x < box.Left + box.Width;
                    Assert.Equal(within ? value : images[i, 1, y, x].item<float>(), actual[i, 1, y, x].item<float>(), 1e-6);
                }
        }
    }

    [Fact]
    public void Areas_and_ratios_lie_in_their_ranges_and_half_of_the_images_are_erased()
    {
        using var scope = NewDisposeScope();
        const int Count = 5000;
        var (boxes, erased) = new RandomErasing().Draw(new Generator(6), Count, 512, 512);
        Assert.InRange(erased.sum().item<float>(), 2320, 2680);
        var area = boxes.Height * boxes.Width / (512 * 512);
        var ratio = boxes.Height / boxes.Width;
        Assert.Equal([0.02f, 0.33f, 0.3f, 3.3f], new[] { area.min(), area.max(), ratio.min(), ratio.max() }.Select(t => t.item<float>()), (a, b) => Math.Abs(a - b) < 0.02 * Math.Max(1, b));
    }
}
