using Contrastive.Augmentation;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Augmentation;

public sealed class RandomGrayscaleTests
{
    [Fact]
    public void The_chosen_images_get_three_equal_channels_and_the_others_stay()
    {
        using var scope = NewDisposeScope();
        var images = AugmentationTests.Images(3, 3, 4, 4);
        var gray = images.clone();
        RandomGrayscale.Gray(gray, tensor(new long[] { 1 }));
        Assert.True(images[0].equal(gray[0]).all().item<bool>() && images[2].equal(gray[2]).all().item<bool>());
        var pixel = images[1, .., 2, 3].to(float64).data<double>().ToArray();
        for (var channel = 0; channel < 3; channel++)
            Assert.Equal(SlowColor.Gray(pixel), gray[1, channel, 2, 3].item<float>(), 1e-6);
    }

    [Fact]
    public void One_image_in_five_turns_gray_by_default()
    {
        using var scope = NewDisposeScope();
        var red = tensor(new[] { 1f, 0f, 0f }).view(1, 3, 1, 1).expand(10_000, 3, 1, 1);
        var gray = new RandomGrayscale().Apply(red, new Generator(4))[.., 1, 0, 0].gt(0).sum().item<long>();
        Assert.InRange(gray, 1800, 2200);
    }
}
