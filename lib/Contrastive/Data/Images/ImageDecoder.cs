using SkiaSharp;

namespace Contrastive.Data;

/// <summary>Decodes JPEG, PNG and whatever else SkiaSharp supports into planar RGB bytes. Gray becomes three equal channels; transparency
/// is composited onto white.</summary>
internal static class ImageDecoder
{
    /// <summary>Larger pictures are refused before they are decoded.</summary>
    private const long MostPixels = 1L << 26;

    /// <summary>The size of an encoded picture, without decoding it.</summary>
    /// <exception cref="InvalidDataException">It is not a picture, or too large.</exception>
    public static (int Width, int Height) Measure(byte[] encoded, string name)
    {
        using var codec = Open(encoded, name);
        return (codec.Info.Width, codec.Info.Height);
    }

    /// <summary>Decodes into <paramref name="planes"/>, <c>[3, height, width]</c>.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <param name="width">The target width.</param>
    /// <param name="height">The target height.</param>
    /// <param name="resize">Whether a picture of another size is center-cropped and scaled; otherwise it is an error.</param>
    /// <param name="planes">3·height·width bytes.</param>
    /// <exception cref="InvalidDataException">The picture is damaged, truncated, or has another size.</exception>
    public static void Decode(byte[] encoded, string name, int width, int height, bool resize, Span<byte> planes)
    {
        using var codec = Open(encoded, name);
        if (!resize && (codec.Info.Width != width || codec.Info.Height != height))
        {
            throw new InvalidDataException(
                $"{name}: is {codec.Info.Width}×{codec.Info.Height}, the first picture {width}×{height}: pass a size, so that all are scaled to it.");
        }

        using var bitmap = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
        {
            throw new InvalidDataException($"{name}: the picture is damaged or truncated ({result}).");
        }

        if (bitmap.Width == width && bitmap.Height == height)
        {
            Separate(bitmap.GetPixelSpan(), planes);
            return;
        }

        using var scaled = Scale(bitmap, width, height);
        Separate(scaled.GetPixelSpan(), planes);
    }

    private static SKCodec Open(byte[] encoded, string name)
    {
        using var data = SKData.CreateCopy(encoded);
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

    /// <summary>The largest center crop of the target aspect ratio, scaled with smoothing.</summary>
    private static SKBitmap Scale(SKBitmap bitmap, int width, int height)
    {
        var factor = Math.Min((double)bitmap.Width / width, (double)bitmap.Height / height);
        int partWidth = Math.Max(1, (int)Math.Round(width * factor)), partHeight = Math.Max(1, (int)Math.Round(height * factor));
        int left = (bitmap.Width - partWidth) / 2, top = (bitmap.Height - partHeight) / 2;
        using var part = new SKBitmap();
        if (!bitmap.ExtractSubset(part, SKRectI.Create(left, top, partWidth, partHeight)))
        {
            throw new InvalidOperationException($"The part {partWidth}×{partHeight} of a {bitmap.Width}×{bitmap.Height} picture could not be taken.");
        }

        return part.Resize(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul), SKFilterQuality.Medium)
            ?? throw new InvalidOperationException($"A {partWidth}×{partHeight} picture could not be scaled to {width}×{height}.");
    }

    private static void Separate(ReadOnlySpan<byte> pixels, Span<byte> planes)
    {
        var count = pixels.Length / 4;
        var red = planes[..count];
        var green = planes.Slice(count, count);
        var blue = planes.Slice(2 * count, count);
        for (var i = 0; i < count; i++)
        {
            var pixel = pixels.Slice(4 * i, 4);
            var alpha = pixel[3];
            red[i] = OnWhite(pixel[0], alpha);
            green[i] = OnWhite(pixel[1], alpha);
            blue[i] = OnWhite(pixel[2], alpha);
        }
    }

    private static byte OnWhite(byte value, byte alpha) => alpha == 255 ? value : (byte)((value * alpha + 255 * (255 - alpha) + 127) / 255);
}
