using Contrastive.Encoders;
using Contrastive.Tests.Losses;
using Contrastive.Tests.Torch;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

[Collection(DefaultGeneratorCollection.Name)]
public class ModifiedResNetTests
{
    private static readonly ModifiedResNetConfig Tiny = new() { ImageSize = 64, Layers = [1, 2, 1, 1], Width = 4, Heads = 2, OutputWidth = 6 };

    [Fact]
    public void Has_the_number_of_parameters_of_OpenAIs_RN50()
    {
        // The published image tower: 38,316,896 parameters of the 102,007,137 of the whole model.
        using var network = new ModifiedResNet(new ModifiedResNetConfig());
        Assert.Equal(38_316_896, network.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void Names_its_tensors_as_OpenAI_does()
    {
        using var network = new ModifiedResNet(Tiny);
        var names = network.state_dict().Keys.ToHashSet();
        string[] expected =
        [
            "conv1.weight", "bn3.running_mean", "conv3.weight", "layer1.0.downsample.0.weight", "layer1.0.downsample.1.running_var", "layer2.1.conv3.weight",
            "layer4.0.bn3.bias", "attnpool.positional_embedding", "attnpool.k_proj.weight", "attnpool.q_proj.bias", "attnpool.v_proj.weight", "attnpool.c_proj.bias",
        ];
        Assert.All(expected, name => Assert.Contains(name, names));
        Assert.DoesNotContain("layer2.1.downsample.0.weight", names);
        Assert.DoesNotContain(names, name => name.Split('.').Any(part => part.StartsWith('_')));
        Assert.Equal(network.modules().Count(), network.modules().Distinct(ReferenceEqualityComparer.Instance).Count());
    }

    [Fact]
    public void Gives_one_feature_an_image_and_a_gradient_for_each_parameter()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var network = new ModifiedResNet(Tiny);
        var features = network.call(randn(3, 3, 64, 64));
        Assert.Equal([3, 6], features.shape);
        features.pow(2).sum().backward();
        Assert.All(network.named_parameters(), entry => Assert.True(entry.parameter.grad is { } grad && grad.isfinite().all().item<bool>(), entry.name));
    }

    [Fact]
    public void Each_place_is_what_attention_to_it_alone_would_give()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        manual_seed(2);
        using var network = new ModifiedResNet(Tiny with { ImageSize = 32 });
        network.eval();
        // With one place and no position of its own, the mean and the place are the same token: attention has nothing to choose.
        network.get_parameter("attnpool.positional_embedding")!.zero_();
        var images = rand(2, 3, 32, 32);
        var places = network.Patches(images);
        Assert.Equal([2, 1, 1, 6], places.shape);
        Assert.InRange((places.view(2, 6) - network.call(images)).abs().max().item<float>(), 0, 1e-5);
    }

    [Fact]
    public void Each_place_keeps_its_row_and_column()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        manual_seed(3);
        using var network = new ModifiedResNet(Tiny);
        network.eval();
        network.get_parameter("attnpool.positional_embedding")!.zero_();
        // A pattern in one quarter changes the features of its place most.
        var (gray, corner) = (full([1, 3, 64, 64], 0.5f), full([1, 3, 64, 64], 0.5f));
        corner.narrow(2, 36, 28).narrow(3, 0, 28).copy_(rand(1, 3, 28, 28));
        var change = (network.Patches(corner) - network.Patches(gray)).abs().sum(dim: 3); // [1, 2, 2]
        Assert.Equal([1, 2, 2], change.shape);
        Assert.Equal(2, change.flatten().argmax().item<long>()); // the second row, the first column
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        using var scope = NewDisposeScope();
        using var network = new ModifiedResNet(Tiny);
        var images = rand(2, 3, 64, 64);
        var before = scope.DisposablesCount;
        network.call(images).Dispose();
        network.Patches(images).Dispose();
        Assert.Equal(before, scope.DisposablesCount);
    }

    [Fact]
    public void Sizes_that_make_no_network_and_images_of_another_size_are_refused()
    {
        BadInput.Refused("Layers has [1, 2]; expected the blocks of four stages", () => new ModifiedResNet(Tiny with { Layers = [1, 2] }).Dispose());
        BadInput.Refused("Width is 5; expected an even number", () => new ModifiedResNet(Tiny with { Width = 5 }).Dispose());
        BadInput.Refused("ImageSize is 48; expected a multiple of 32", () => new ModifiedResNet(Tiny with { ImageSize = 48 }).Dispose());
        BadInput.Refused("Heads is 3; expected a divisor of 32 times the width, 128", () => new ModifiedResNet(Tiny with { Heads = 3 }).Dispose());
        using var network = new ModifiedResNet(Tiny);
        BadInput.Refused("float [N, 3, 64, 64]", () => network.call(zeros(2, 3, 32, 32)));
    }
}
