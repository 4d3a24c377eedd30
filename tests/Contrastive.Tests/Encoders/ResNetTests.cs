using Contrastive.Encoders;
using Contrastive.Torch;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public class ResNetTests
{
    private const int Classifier18 = (512 * 1000) + 1000;
    private const int Classifier50 = (2048 * 1000) + 1000;

    public static TheoryData<string, long, int> Published() => new()
    {
        { "18", 11_689_512 - Classifier18, 512 },
        { "34", 21_797_672 - Classifier18, 512 },
        { "50", 25_557_032 - Classifier50, 2048 },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void Has_the_published_number_of_parameters_without_the_classifier(string depth, long parameters, int features)
    {
        using var network = Make(depth, ResNetStem.ImageNet);
        Assert.Equal(parameters, network.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(features, network.FeatureCount);
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void Has_a_CIFAR_stem_of_three_by_three_weights(string depth, long parameters, int features)
    {
        using var network = Make(depth, ResNetStem.Cifar);
        Assert.Equal(parameters - (64 * 3 * 49) + (64 * 3 * 9), network.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(features, network.FeatureCount);
    }

    [Fact]
    public void Names_its_tensors_as_torchvision_does()
    {
        using var network = ResNet.ResNet18();
        var names = network.state_dict().Keys.ToArray();
        Assert.Equal(["conv1.weight", "bn1.weight", "bn1.bias", "layer1.0.conv1.weight"], network.named_parameters().Take(4).Select(entry => entry.name));
        Assert.Contains("layer1.0.bn2.running_mean", names);
        Assert.Contains("layer2.0.downsample.0.weight", names);
        Assert.Contains("layer4.1.bn2.num_batches_tracked", names);
        Assert.DoesNotContain("layer1.0.downsample.0.weight", names);
        Assert.Equal(120, names.Length);

        using var deep = ResNet.ResNet50(ResNetStem.Cifar);
        Assert.Contains("layer1.0.downsample.1.running_var", deep.state_dict().Keys);
        Assert.Contains("layer3.5.conv3.weight", deep.state_dict().Keys);
    }

    [Fact]
    public void Registers_each_part_once_even_within_another_module()
    {
        using var whole = nn.Sequential(new SmallResNet(width: 4), new MomentumEncoder(ResNet.ResNet18(), ResNet.ResNet18()), ResNet.ResNet50());
        var modules = whole.named_modules().ToArray();
        Assert.Equal(modules.Length, modules.Select(entry => entry.module).Distinct(ReferenceEqualityComparer.Instance).Count());
        Assert.DoesNotContain(modules, entry => entry.name.Split('.').Any(part => part.StartsWith('_')));
        Assert.DoesNotContain(whole.state_dict().Keys, name => name.Contains("source", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("18", ResNetStem.Cifar, 3, 16)]
    [InlineData("18", ResNetStem.Cifar, 1, 28)]
    [InlineData("34", ResNetStem.ImageNet, 3, 64)]
    [InlineData("50", ResNetStem.Cifar, 3, 16)]
    public void Gives_one_finite_feature_vector_an_image_and_a_gradient_for_each_parameter(string depth, ResNetStem stem, int channels, int size)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var network = Make(depth, stem, channels);
        var features = network.call(randn(2, channels, size, size));
        Assert.Equal([2, network.FeatureCount], features.shape);
        Assert.True(features.isfinite().all().item<bool>());
        features.pow(2).sum().backward();
        Assert.All(network.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void Starts_with_Kaiming_normal_weights_by_fan_out()
    {
        manual_seed(1);
        using var network = ResNet.ResNet18(ResNetStem.Cifar);
        using var scope = NewDisposeScope();
        foreach (var (name, parameter) in network.named_parameters().Where(entry => entry.parameter.dim() == 4 && entry.parameter.numel() > 30_000))
        {
            var expected = Math.Sqrt(2.0 / (parameter.size(0) * parameter.size(2) * parameter.size(3)));
            Assert.True(Math.Abs((parameter.std().item<float>() / expected) - 1) < 0.02, $"{name}: {parameter.std().item<float>()} instead of {expected}");
            Assert.True(Math.Abs(parameter.mean().item<float>()) < 0.02 * expected, name);
        }
    }

    [Fact]
    public void Starts_each_block_as_the_identity_only_where_asked()
    {
        using var plain = ResNet.ResNet18();
        using var zero = ResNet.ResNet18(zeroInitResidual: true);
        using var deep = ResNet.ResNet50(zeroInitResidual: true);
        Assert.Equal(64, plain.get_parameter("layer1.0.bn2.weight")!.sum().item<float>());
        Assert.Equal(0, zero.get_parameter("layer1.0.bn2.weight")!.sum().item<float>());
        Assert.Equal(64, zero.get_parameter("layer1.0.bn1.weight")!.sum().item<float>());
        Assert.Equal(0, deep.get_parameter("layer1.0.bn3.weight")!.sum().item<float>());
    }

    [Fact]
    public void Keeps_the_channels_last_order_from_layer_to_layer()
    {
        Assert.SkipWhen(Processor.HidesCaches, "This machine hides its caches, where the usual order is the faster one.");
        using var network = ResNet.ResNet18(ResNetStem.Cifar);
        var strides = network.get_parameter("layer1.0.conv1.weight")!.stride();
        Assert.Equal([64 * 9, 1, 3 * 64, 64], strides);
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        using var network = new SmallResNet(width: 4);
        using var images = randn(2, 3, 16, 16);
        using var scope = NewDisposeScope();
        network.call(images);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_small_network_takes_gray_and_color_images(int channels)
    {
        using var scope = NewDisposeScope();
        var network = new SmallResNet(channels, width: 8);
        var features = network.call(randn(4, channels, 28, 28));
        Assert.Equal([4, network.FeatureCount], features.shape);
        features.sum().backward();
        Assert.All(network.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void Refuses_other_channels_and_shapes()
    {
        using var scope = NewDisposeScope();
        var network = new SmallResNet(3, width: 4);
        Assert.Contains("[N, 3, H, W]", Assert.Throws<ArgumentException>(() => network.call(zeros(2, 1, 8, 8))).Message);
        Assert.Contains("Byte", Assert.Throws<ArgumentException>(() => network.call(zeros([2, 3, 8, 8], dtype: uint8))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => ResNet.ResNet18(inputChannels: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SmallResNet(width: 0));
    }

    private static ResNet Make(string depth, ResNetStem stem, int channels = 3) => depth switch
    {
        "18" => ResNet.ResNet18(stem, channels),
        "34" => ResNet.ResNet34(stem, channels),
        _ => ResNet.ResNet50(stem, channels),
    };
}
