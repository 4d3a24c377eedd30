using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Data;

/// <summary>The bytes of tensors of any size and device, row-major, in pieces that a span can hold.</summary>
internal static class TensorBytes
{
    private const long PieceElements = 1 << 23;

    public delegate void Take(ReadOnlySpan<byte> piece);

    /// <summary>Hands over the bytes piece after piece.</summary>
    public static void ForEachPiece(Tensor tensor, Take take)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var flat = tensor.detach().cpu().contiguous().reshape(-1); // [numel]
        for (long start = 0, count = flat.numel(); start < count; start += PieceElements)
            take(flat.narrow(0, start, Math.Min(PieceElements, count - start)).bytes);
    }

    /// <summary>Fills a contiguous CPU tensor from a stream.</summary>
    /// <exception cref="EndOfStreamException">The stream ends too early.</exception>
    public static void Fill(Tensor tensor, Stream from)
    {
        using var scope = NewDisposeScope();
        var flat = tensor.reshape(-1); // [numel]
        for (long start = 0, count = flat.numel(); start < count; start += PieceElements)
            from.ReadExactly(flat.narrow(0, start, Math.Min(PieceElements, count - start)).bytes);
    }
}
