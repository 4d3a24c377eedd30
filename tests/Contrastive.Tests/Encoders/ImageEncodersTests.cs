using Contrastive.Encoders;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public sealed class ImageEncodersTests
{
    [Theory]
    [InlineData("SmallResNet", 32)]
    [InlineData("resnet18", 512)]
    [InlineData("ResNet50", 2048)]
    public void Gives_features_of_the_length_it_says(string name, int features)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (encoder, count) = ImageEncoders.Named(name, channels: 1, width: 8);
        Assert.Equal(features, count);
        Assert.Equal([2, features], encoder.call(zeros(2, 1, 32, 32)).shape);
        Assert.Contains(name, ImageEncoders.Names, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_unknown_name_is_refused_with_those_there_are() =>
        BadInput.Refused("The encoder is 'VGG'; expected SmallResNet, ResNet18, ResNet34 or ResNet50.", () => ImageEncoders.Named("VGG", 3, 8));
}
