using System.Runtime.InteropServices;
using SkiaSharp;
using static TorchSharp.torch;

namespace Contrastive.Display;

/// <summary>Pixels as a PNG.</summary>
internal static class PngPicture
{
    /// <summary>Encodes one image as base64.</summary>
    /// <param name="pixels">uint8 <c>[H, W, 4]</c>, red, green, blue, alpha, on the CPU.</param>
    public static string Encode(Tensor pixels)
    {
        using var scope = NewDisposeScope();
        var (height, width) = ((int)pixels.size(0), (int)pixels.size(1));
        var bytes = pixels.contiguous().data<byte>().ToArray();
        var handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        try
        {
            var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
            using var image = SKImage.FromPixelCopy(info, handle.AddrOfPinnedObject(), width * 4);
            using var png = image.Encode(SKEncodedImageFormat.Png, 100)
                ?? throw new InvalidOperationException($"SkiaSharp could not encode an image of {width} × {height} pixels.");
            return Convert.ToBase64String(png.AsSpan());
        }
        finally
        {
            handle.Free();
        }
    }
}
