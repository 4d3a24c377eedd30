using static TorchSharp.torch;

namespace Contrastive.Weights;

/// <summary>The bytes of tensors of any size and device, row-major, in pieces that a span can hold.</summary>
internal static class TensorBytes
{
    private const long PieceElements = 1 << 23;

    public delegate void Take(ReadOnlySpan<byte> piece);

    public delegate void Give(long place, Span<byte> piece);

    /// <summary>Passes the bytes on piece by piece.</summary>
    public static void ForEachPiece(Tensor tensor, Take take)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var flat = tensor.detach().cpu().contiguous().reshape(-1); // [numel]
        for (long start = 0, count = flat.numel(); start < count; start += PieceElements)
            take(flat.narrow(0, start, Math.Min(PieceElements, count - start)).bytes);
    }

    /// <summary>Fills a contiguous CPU tensor piece by piece.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="give">Fills a piece, given its offset in bytes.</param>
    public static void Fill(Tensor tensor, Give give)
    {
        using var scope = NewDisposeScope();
        var flat = tensor.reshape(-1); // [numel]
        for (long start = 0, count = flat.numel(); start < count; start += PieceElements)
            give(start * tensor.ElementSize, flat.narrow(0, start, Math.Min(PieceElements, count - start)).bytes);
    }
}
