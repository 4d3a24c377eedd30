using Contrastive.Augmentation;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Augmentation;

public sealed class RandomHorizontalFlipTests
{
    [Fact]
    public void The_chosen_images_are_mirrored_and_the_others_stay()
    {
        using var scope = NewDisposeScope();
        var images = AugmentationTests.Images(4, 3, 3, 5);
        var flipped = images.clone();
        RandomHorizontalFlip.Flip(flipped, tensor(new long[] { 1, 3 }));
        for (var i = 0; i < 4; i++)
            for (var x = 0; x < 5; x++)
                Assert.True(images[i, .., .., x].equal(flipped[i, .., .., i % 2 == 1 ? 4 - x : x]).all().item<bool>());
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.3, 2800, 3200)]
    [InlineData(1, 10_000, 10_000)]
    public void Images_are_mirrored_as_often_as_said(double probability, int least, int most)
    {
        using var scope = NewDisposeScope();
        var images = tensor(new[] { 0f, 1f }).view(1, 1, 1, 2).expand(10_000, 1, 1, 2);
        var flipped = new RandomHorizontalFlip(probability).Apply(images, new Generator(3))[.., 0, 0, 0].sum().item<float>();
        Assert.InRange(flipped, least, most);
    }
}
