using Contrastive.Encoders;
using Contrastive.Torch;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Torch;

public class PrecisionTests
{
    [Fact]
    public void Computes_in_bfloat16_within_the_scope_and_keeps_gradients_in_float32()
    {
        using var scope = NewDisposeScope();
        var network = new SmallResNet(width: 4);
        network.eval();
        var images = rand(2, 3, 16, 16);
        var exact = network.call(images);
        Tensor features;
        using (Precision.BFloat16(CPU))
        {
            features = network.call(images);
            Assert.Equal(ScalarType.BFloat16, nn.functional.linear(ones(1, 2), ones(2, 2)).dtype);
        }

        Assert.Equal(ScalarType.Float32, nn.functional.linear(ones(1, 2), ones(2, 2)).dtype);
        Assert.True(features.to(float32).allclose(exact, rtol: 0.05, atol: 0.02));
        Assert.False(features.to(float32).equal(exact).all().item<bool>());
        features.to(float32).pow(2).sum().backward();
        Assert.All(network.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.grad!.dtype));
    }

    [Fact]
    public void Scopes_nest_and_end_once()
    {
        using var scope = NewDisposeScope();
        ScalarType Type() => nn.functional.linear(ones(1, 2), ones(2, 2)).dtype;
        var outer = Precision.BFloat16(CPU);
        var inner = Precision.BFloat16(CPU);
        inner.Dispose();
        inner.Dispose();
        Assert.Equal(ScalarType.BFloat16, Type());
        outer.Dispose();
        Assert.Equal(ScalarType.Float32, Type());
    }

    [Fact]
    public void Does_not_keep_old_weights_from_step_to_step()
    {
        using var scope = NewDisposeScope();
        var layer = nn.Linear(1, 1, hasBias: false);
        nn.init.ones_(layer.weight!);
        using (Precision.BFloat16(CPU))
            Assert.Equal(1, layer.call(ones(1, 1)).to(float32).item<float>());
        using (no_grad())
            layer.weight!.fill_(2);
        using (Precision.BFloat16(CPU))
            Assert.Equal(2, layer.call(ones(1, 1)).to(float32).item<float>());
    }

    [Fact]
    public void Knows_whether_this_processor_computes_in_bfloat16()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/proc/cpuinfo"), "Only Linux lists its processor's instructions in a file.");
        var hasInstructions = File.ReadAllText("/proc/cpuinfo").Contains("avx512_bf16", StringComparison.Ordinal);
        Assert.Equal(hasInstructions && NativeSettings.AllowsAvx512, Precision.IsFast(CPU));
        Assert.False(Precision.IsFast(META));
    }

    [Fact]
    public void Refuses_devices_that_have_none() => Assert.Throws<ArgumentException>(() => Precision.BFloat16(META));
}
