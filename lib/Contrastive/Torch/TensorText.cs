using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>How the library writes tensors in its messages: <c>[64, 128]</c>, <c>Float32 [64, 128]</c>.</summary>
internal static class TensorText
{
    public static string Shape(Tensor tensor) => Shape(tensor.shape.AsSpan());

    public static string Shape(params ReadOnlySpan<long> sizes) => $"[{string.Join(", ", sizes.ToArray())}]";

    public static string Describe(Tensor tensor) => $"{tensor.dtype} {Shape(tensor)}";
}
