using Contrastive.Augmentation;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Augmentation;

public sealed class NormalizeTests
{
    [Fact]
    public void Subtracts_the_mean_and_divides_by_the_deviation_of_each_channel()
    {
        using var scope = NewDisposeScope();
        var images = tensor(new[] { 0.5f, 0.5f }).view(1, 2, 1, 1);
        var normal = new Normalize([0.1, 0.6], [0.2, 0.5]).Apply(images, new Generator(1));
        Assert.Equal(2, normal[0, 0, 0, 0].item<float>(), 1e-5);
        Assert.Equal(-0.2, normal[0, 1, 0, 0].item<float>(), 1e-5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fitted_to_images_it_gives_mean_0_and_deviation_1(bool bytes)
    {
        using var scope = NewDisposeScope();
        var images = AugmentationTests.Images(5000, 3, 4, 4) * tensor(new[] { 1f, 0.5f, 0.2f }).view(1, 3, 1, 1);
        if (bytes)
            images = (images * 255).to(uint8);
        var normalize = Normalize.Fit(images);
        var normal = normalize.Apply(bytes ? images.to(float32) / 255 : images, new Generator(1)).to(float64);
        Assert.True(normal.mean([0, 2, 3]).abs().max().item<double>() < 1e-4);
        Assert.True(normal.square().mean([0, 2, 3]).sub(1).abs().max().item<double>() < 1e-4);
        Assert.Equal(0.25, normalize.Mean[1], 0.01);
        Assert.Equal(0.2 / Math.Sqrt(12), normalize.StandardDeviation[2], 0.002);
    }

    [Fact]
    public void Other_numbers_of_channels_and_flat_deviations_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => new Normalize([0.5], [0.5, 0.5]));
        Assert.Throws<ArgumentException>(() => new Normalize([0.5], [0]));
        Assert.Throws<ArgumentException>(() => Normalize.Fit(zeros(3, 3, 2, 2)));
        Assert.Throws<ArgumentException>(() => Normalize.Fit(zeros(3, 2, 2)));
        var error = Assert.Throws<ArgumentException>(() => new Normalize([0.5], [0.5]).Apply(rand(2, 3, 4, 4), new Generator(1)));
        Assert.Contains("expected [N, 1, H, W]", error.Message, StringComparison.Ordinal);
    }
}
