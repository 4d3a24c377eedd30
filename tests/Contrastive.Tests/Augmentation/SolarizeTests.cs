using Contrastive.Augmentation;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Augmentation;

public sealed class SolarizeTests
{
    [Fact]
    public void Equals_torchvision()
    {
        using var scope = NewDisposeScope();
        Assert.True(new Solarize().Apply(Torchvision.Image, new Generator(1)).allclose(Torchvision.Solarized, 1e-6, 1e-6));
    }

    [Fact]
    public void Pixels_from_the_threshold_on_are_inverted()
    {
        using var scope = NewDisposeScope();
        var pixels = tensor(new[] { 0f, 0.29f, 0.3f, 0.8f, 1f }).view(1, 1, 1, 5);
        var solarized = new Solarize(0.3).Apply(pixels, new Generator(1)).flatten();
        Assert.True(solarized.allclose(tensor(new[] { 0f, 0.29f, 0.7f, 0.2f, 0f }), 1e-6, 1e-6));
    }
}
