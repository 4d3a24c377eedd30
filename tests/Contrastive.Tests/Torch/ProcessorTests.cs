using Contrastive.Torch;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Torch;

public class ProcessorTests
{
    /// <summary>The shapes are those that gave wrong results where a virtual machine hid the processor's caches: 512 channels in blocks of
    /// 48, 24 channels in blocks of 16.</summary>
    [Theory]
    [InlineData(4, 256, 512, 1, 2, 4, true)]
    [InlineData(16, 24, 24, 3, 1, 32, false)]
    [InlineData(16, 24, 48, 3, 2, 32, false)]
    [InlineData(16, 3, 24, 3, 1, 32, true)]
    public void Convolutions_are_right_on_this_processor(int batch, int inputs, int outputs, int size, int stride, int side, bool channelsLast)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var images = randn([batch, inputs, side, side], generator: generator);
        var weight = randn([outputs, inputs, size, size], generator: generator) / Math.Sqrt(size * size * inputs);
        if (channelsLast)
            (images, weight) = (ChannelsLast.Images(images), ChannelsLast.Images(weight));
        Tensor Convolve(ScalarType type) => nn.functional.conv2d(images.to(type), weight.to(type), strides: [stride, stride], padding: [size / 2, size / 2]);
        var error = (Convolve(float32).to(float64) - Convolve(float64)).abs().max().item<double>();
        Assert.InRange(error, 0, 1e-4);
    }
}
