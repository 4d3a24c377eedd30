using System.Runtime.Intrinsics.X86;
using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>
/// What a linear layer computes, <c>x·Wᵀ + b</c>, with gradients. libtorch delegates it to MKL, which runs AMD processors at half their
/// speed: it uses AVX-512 only on Intel's. oneDNN, to which libtorch delegates convolutions, uses it on all, and a linear layer is a
/// 1×1 convolution over rows of an image. So there, in float32, it is computed as one: twice as fast, equal up to rounding.
/// </summary>
internal static class LinearProduct
{
    // libtorch dispatches 1×1 convolutions to oneDNN from this batch size up, whatever the number of threads.
    private const int Images = 16;

    /// <summary>Whether <see cref="Compute"/> writes large products as convolutions.</summary>
    public static bool UsesConvolution { get; } = Avx512F.IsSupported && Processor.IsAmd && NativeSettings.AllowsAvx512;

    /// <summary>How many more rows would make a row count with a fast product.</summary>
    public static long RowsLacking(long rows) => (Images - rows % Images) % Images;

    /// <param name="input"><c>[..., In]</c>.</param>
    /// <param name="weight"><c>[Out, In]</c>.</param>
    /// <param name="bias"><c>[Out]</c>, or null.</param>
    /// <returns><c>[..., Out]</c>.</returns>
    public static Tensor Compute(Tensor input, Tensor weight, Tensor? bias) =>
        UsesConvolution && FitsConvolution(input) ? Convolve(input, weight, bias) : nn.functional.linear(input, weight, bias);

    /// <summary>The same as a convolution; the number of input rows must be a multiple of 16.</summary>
    public static Tensor Convolve(Tensor input, Tensor weight, Tensor? bias)
    {
        using var scope = NewDisposeScope();
        var (outputs, inputs) = (weight.size(0), weight.size(1));
        var images = input.reshape(Images, 1, -1, inputs).permute(0, 3, 1, 2); // [16, In, 1, N / 16], channels last
        var output = nn.functional.conv2d(images, weight.view(outputs, inputs, 1, 1), bias); // [16, Out, 1, N / 16]
        return output.permute(0, 2, 3, 1).reshape([.. input.shape[..^1], outputs]).MoveToOuterDisposeScope();
    }

    // Mixed precision has fast products of its own.
    private static bool FitsConvolution(Tensor input) =>
        input.dtype == ScalarType.Float32 && input.device_type == DeviceType.CPU && RowsLacking(input.numel() / input.size(-1)) == 0 && !Autocast.IsEnabledOnProcessor;
}
