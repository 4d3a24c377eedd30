using System.Buffers;
using SkiaSharp;

namespace Contrastive.Data;

/// <summary>Decodes JPEG, PNG and whatever else SkiaSharp supports into planar RGB bytes. Gray becomes three equal channels; transparency
/// is composited onto white.</summary>
internal static class ImageDecoder
{
    /// <summary>Larger pictures are refused before they are decoded.</summary>
    private const long MostPixels = 1L << 26;

    /// <summary>How many times the target's width and height a JPEG is decoded to at least, if it is larger. On photographs of 500 × 375 and 171 × 128 pixels
    /// the result then differs from one that was scaled in full by 1 to 3 of 255 in the mean (33 to 39 dB), about as bicubic differs from bilinear.</summary>
    private const double Margin = 1.4;

    /// <summary>The size of an encoded picture, without decoding it.</summary>
    /// <exception cref="InvalidDataException">It is not a picture, or too large.</exception>
    public static unsafe (int Width, int Height) Measure(byte[] encoded, string name)
    {
        fixed (byte* bytes = encoded)
        {
            using var codec = Open(bytes, encoded.Length, name);
            return (codec.Info.Width, codec.Info.Height);
        }
    }

    /// <summary>Decodes into <paramref name="planes"/>, <c>[3, height, width]</c>.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <param name="width">The target width.</param>
    /// <param name="height">The target height.</param>
    /// <param name="resize">Whether a picture of another size is center-cropped and scaled (see <see cref="AntialiasedScaling"/>); otherwise it is an
    /// error. A JPEG that is much larger is decoded at a part of its size, which is faster and gives nearly the same.</param>
    /// <param name="planes">3·height·width bytes.</param>
    /// <exception cref="InvalidDataException">The picture is damaged, truncated, or has another size.</exception>
    public static unsafe void Decode(byte[] encoded, string name, int width, int height, bool resize, Span<byte> planes)
    {
        fixed (byte* bytes = encoded)
        {
            using var codec = Open(bytes, encoded.Length, name);
            Decode(codec, name, width, height, resize, planes);
        }
    }

    private static void Decode(SKCodec codec, string name, int width, int height, bool resize, Span<byte> planes)
    {
        if (!resize && (codec.Info.Width != width || codec.Info.Height != height))
        {
            throw new InvalidDataException(
                $"{name}: is {codec.Info.Width}×{codec.Info.Height}, the first picture {width}×{height}: pass a size, so that all are scaled to it.");
        }

        var size = DecodedSize(codec, width, height);
        var buffer = ArrayPool<byte>.Shared.Rent(4 * size.Width * size.Height);
        try
        {
            var pixels = buffer.AsSpan(0, 4 * size.Width * size.Height);
            Decode(codec, size, pixels, name);
            if (codec.Info.AlphaType != SKAlphaType.Opaque)
                PutOnWhite(pixels);
            if (size.Width == width && size.Height == height)
                Separate(pixels, planes);
            else
                AntialiasedScaling.Scale(pixels, size.Width, CenterCrop(size, width, height), planes, width, height);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The smallest size that the codec decodes to by itself and that is at least <see cref="Margin"/> times the target's; what is not much larger
    /// is decoded in full.</summary>
    private static SKSizeI DecodedSize(SKCodec codec, int width, int height)
    {
        var full = new SKSizeI(codec.Info.Width, codec.Info.Height);
        if (codec.EncodedFormat != SKEncodedImageFormat.Jpeg)
            return full;
        for (var eighths = 1; eighths < 8; eighths++)
        {
            var size = codec.GetScaledDimensions(eighths / 8f);
            if (size.Width >= Margin * width && size.Height >= Margin * height)
                return size;
        }

        return full;
    }

    private static unsafe void Decode(SKCodec codec, SKSizeI size, Span<byte> pixels, string name)
    {
        fixed (byte* memory = pixels)
        {
            var result = codec.GetPixels(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul), (nint)memory);
            if (result != SKCodecResult.Success)
                throw new InvalidDataException($"{name}: the picture is damaged or truncated ({result}).");
        }
    }

    /// <summary>A codec of bytes that stay where they are while it is used.</summary>
    private static unsafe SKCodec Open(byte* encoded, int length, string name)
    {
        using var data = SKData.Create((nint)encoded, length);
        var codec = SKCodec.Create(data) ?? throw new InvalidDataException($"{name}: not a picture, or damaged at its beginning.");
        if ((long)codec.Info.Width * codec.Info.Height > MostPixels)
        {
            using (codec)
            {
                throw new InvalidDataException($"{name}: {codec.Info.Width}×{codec.Info.Height} pixels exceed the limit for a picture of a data set: refused.");
            }
        }

        return codec;
    }

    /// <summary>The largest center crop of the target aspect ratio.</summary>
    private static (double Left, double Top, double Width, double Height) CenterCrop(SKSizeI size, int width, int height)
    {
        var factor = Math.Min((double)size.Width / width, (double)size.Height / height);
        return ((size.Width - width * factor) / 2, (size.Height - height * factor) / 2, width * factor, height * factor);
    }

    private static void PutOnWhite(Span<byte> pixels)
    {
        for (var i = 0; i < pixels.Length; i += 4)
        {
            var alpha = pixels[i + 3];
            if (alpha == 255)
                continue;
            for (var channel = 0; channel < 3; channel++)
                pixels[i + channel] = (byte)((pixels[i + channel] * alpha + 255 * (255 - alpha) + 127) / 255);
        }
    }

    private static void Separate(ReadOnlySpan<byte> pixels, Span<byte> planes)
    {
        var count = pixels.Length / 4;
        var red = planes[..count];
        var green = planes.Slice(count, count);
        var blue = planes.Slice(2 * count, count);
        for (var i = 0; i < count; i++)
            (red[i], green[i], blue[i]) = (pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2]);
    }
}
