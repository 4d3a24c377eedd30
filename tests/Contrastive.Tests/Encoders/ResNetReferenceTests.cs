using System.Text.Json;
using Contrastive.Encoders;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public class ResNetReferenceTests
{
    [Theory]
    [InlineData("resnet18", ResNetStem.ImageNet)]
    [InlineData("resnet18", ResNetStem.Cifar)]
    [InlineData("resnet34", ResNetStem.ImageNet)]
    [InlineData("resnet50", ResNetStem.ImageNet)]
    [InlineData("resnet50", ResNetStem.Cifar)]
    public void Gives_torchvisions_features_for_the_same_weights(string name, ResNetStem stem)
    {
        using var scope = NewDisposeScope();
        using var recorded = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Encoders/Fixtures/resnet_reference.json")));
        var expected = recorded.RootElement.GetProperty($"{name} {stem}");
        var network = name switch { "resnet18" => ResNet.ResNet18(stem), "resnet34" => ResNet.ResNet34(stem), _ => ResNet.ResNet50(stem) };
        using var generator = new Generator(11);
        using var noGradient = no_grad();
        foreach (var (_, parameter) in network.named_parameters().OrderBy(entry => entry.name, StringComparer.Ordinal))
        {
            var noise = randn(parameter.shape, generator: generator);
            parameter.copy_(parameter.dim() > 1 ? noise / Math.Sqrt(parameter[0].numel()) : 1 + (0.1 * noise));
        }

        var images = rand([4, 3, 64, 64], generator: generator);
        Compare(expected.GetProperty("training"), network.call(images));
        network.eval();
        Compare(expected.GetProperty("evaluation"), network.call(images));
    }

    private static void Compare(JsonElement expected, Tensor features)
    {
        Near(expected.GetProperty("mean").GetDouble(), features.mean().item<float>());
        Near(expected.GetProperty("square").GetDouble(), features.pow(2).mean().item<float>());
        foreach (var (value, index) in expected.GetProperty("first").EnumerateArray().Select((value, index) => (value.GetDouble(), index)))
            Near(value, features[1, index].item<float>());
    }

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-3 * Math.Max(0.1, Math.Abs(expected)));
}
