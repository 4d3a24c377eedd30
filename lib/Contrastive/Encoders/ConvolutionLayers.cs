using Contrastive.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>The building blocks of all residual networks here.</summary>
internal static class ConvolutionLayers
{
    public static Conv2d Convolution3x3(int inputs, int outputs, int stride = 1) =>
        Conv2d(inputs, outputs, 3, stride: stride, padding: 1, bias: false);

    public static Conv2d Convolution1x1(int inputs, int outputs, int stride = 1) =>
        Conv2d(inputs, outputs, 1, stride: stride, bias: false);

    /// <summary>Batch norm over the whole batch, or over each of <paramref name="splits"/> parts of it.</summary>
    public static Module<Tensor, Tensor> Normalization(int channels, int splits) =>
        splits == 1 ? BatchNorm2d(channels) : new SplitBatchNorm(channels, splits);

    /// <summary>The projection shortcut of a block that changes the shape; null where the identity fits.</summary>
    public static Sequential? Shortcut(int inputs, int outputs, int stride, int splits) => stride == 1 && inputs == outputs
        ? null
        : Sequential(Convolution1x1(inputs, outputs, stride), Normalization(outputs, splits));

    /// <summary>Global average pooling: <c>[N, C, H, W]</c> to <c>[N, C]</c>.</summary>
    public static Tensor AveragePool(Tensor maps) => maps.mean([2L, 3L]);

    /// <summary>Kaiming normal (fan out, ReLU) for every convolution, as in torchvision and in its order (TorchSharp's <c>modules()</c>
    /// has another), so that the same seed gives the same weights; batch norm already starts at one and zero.</summary>
    public static void Initialize(nn.Module network)
    {
        if (network is Conv2d convolution)
            init.kaiming_normal_(convolution.weight!, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
        foreach (var child in network.children())
            Initialize(child);
    }

    /// <summary>Puts the weights of a finished network into the memory order in which its convolutions are fastest here.</summary>
    /// <remarks>Channels-last; but where oneDNN falls back to its kernels for AVX (<see cref="Processor.HidesCaches"/>), their backward
    /// passes use both cores in the usual order only.</remarks>
    public static void LayOut(nn.Module network)
    {
        if (!Processor.HidesCaches)
            ChannelsLast.Weights(network);
    }

    /// <summary>The images in the memory order of the weights; the input itself (as another handle) if it already is.</summary>
    public static Tensor LayOut(Tensor images) => Processor.HidesCaches ? images.contiguous().alias() : ChannelsLast.Images(images);

    public static void CheckImages(Tensor images, int channels)
    {
        Require.Shape(images, $"float [N, {channels}, H, W]", mayBeEmpty: true);
    }
}
