using Contrastive.Data;
using SkiaSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Data;

public sealed class ImageDecoderTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(200)]
    [InlineData(372)]
    [InlineData(400)]
    public void A_jpeg_decoded_at_a_part_of_its_size_differs_little_from_one_that_was_scaled_in_full(int side)
    {
        var jpeg = Photograph(500, 375);
        using var bitmap = SKBitmap.Decode(jpeg);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        var exact = Decode(data.ToArray(), side); // Its pixels are the JPEG's, and it can only be decoded in full.
        var fast = Decode(jpeg, side);
        var differences = exact.Zip(fast, (one, other) => Math.Abs(one - other)).ToArray();
        Assert.True(differences.Average() < 2.5, $"{differences.Average()}");
        if (side > 375 * 7 / 8)
            Assert.Equal(exact, fast);
    }

    [Fact]
    public void What_is_transparent_is_white_before_it_is_scaled()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(16, 16, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Erase(SKColors.Black.WithAlpha(0));
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        Assert.All(Decode(data.ToArray(), 5), value => Assert.Equal(255, value));
    }

    private static byte[] Decode(byte[] encoded, int side)
    {
        var planes = new byte[3 * side * side];
        ImageDecoder.Decode(encoded, "picture", side, side, resize: true, planes);
        return planes;
    }

    /// <summary>Blobs of several sizes, as a photograph has them.</summary>
    private static byte[] Photograph(int width, int height)
    {
        using var scope = NewDisposeScope();
        var generator = new Generator(5);
        var sum = zeros(1, 3, height, width);
        foreach (var cells in new[] { 4, 12, 40, 120 })
            sum += nn.functional.interpolate(rand([1, 3, cells, cells], generator: generator) - 0.5, [height, width], mode: InterpolationMode.Bicubic, align_corners: false) / MathF.Sqrt(cells / 4f);
        var colors = sum.mul_(120).add_(128).clamp_(0, 255).to(ScalarType.Byte)[0].permute(1, 2, 0).contiguous().data<byte>().ToArray();
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var i = 0; i < width * height; i++)
            bitmap.SetPixel(i % width, i / width, new SKColor(colors[3 * i], colors[3 * i + 1], colors[3 * i + 2]));
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }
}
