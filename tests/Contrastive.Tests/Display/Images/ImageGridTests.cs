using Contrastive.Display;
using SkiaSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Display;

public sealed class ImageGridTests
{
    [Fact]
    public void Enlarges_each_pixel_to_a_square_and_leaves_gaps()
    {
        using var scope = NewDisposeScope();
        var images = zeros(3, 3, 2, 2);
        images[0, 0] = 1; // the first is red
        images[1, 1] = 1; // the second green
        images[2, 2, 1, 1] = 1; // the third black, except for a blue pixel
        using var picture = SKBitmap.Decode(Convert.FromBase64String(Shown.ByConvention(ImageGrid.Of(images, columns: 2))["image/png"]));
        Assert.Equal((18, 18), (picture.Width, picture.Height)); // (2·(2 + 2) − 2) · 3
        Assert.Equal(SKColors.Red, picture.GetPixel(5, 5));
        Assert.Equal(0, picture.GetPixel(6, 0).Alpha);
        Assert.Equal(SKColors.Lime, picture.GetPixel(12, 0));
        Assert.Equal(SKColors.Black, picture.GetPixel(2, 14));
        Assert.Equal(SKColors.Blue, picture.GetPixel(3, 15));
        Assert.Equal(0, picture.GetPixel(17, 17).Alpha);
    }

    [Fact]
    public void Takes_gray_bytes_as_well()
    {
        using var scope = NewDisposeScope();
        var images = full([1, 1, 4, 4], 128, dtype: ScalarType.Byte);
        using var picture = SKBitmap.Decode(Convert.FromBase64String(Shown.ByConvention(ImageGrid.Of(images, scale: 1))["image/png"]));
        Assert.Equal(new SKColor(128, 128, 128), picture.GetPixel(3, 3));
    }

    [Fact]
    public void Writes_captions_and_labels_as_escaped_text_of_the_page()
    {
        using var scope = NewDisposeScope();
        var grid = ImageGrid.Of(rand(4, 3, 8, 8), columns: 2, title: "Two <views>", captions: ["a", "<b>", "c", "d"], rowLabels: ["r1", "r2"], columnLabels: ["view 1", "view 2"]);
        var html = Shown.ByConvention(grid)["text/html"];
        Assert.Equal(4, System.Text.RegularExpressions.Regex.Count(html, "data:image/png;base64,"));
        Assert.Contains("Two &lt;views&gt;", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.Equal("Images: Two <views>, 4 of 3×8×8 in 2 rows\n  r1: a, <b>\n  r2: c, d", grid.ToString());
    }

    [Fact]
    public void Refuses_what_is_no_batch_of_images_and_labels_that_do_not_match()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => ImageGrid.Of(rand(3, 8, 8)));
        Assert.Throws<ArgumentException>(() => ImageGrid.Of(rand(2, 4, 8, 8)));
        Assert.Throws<ArgumentException>(() => ImageGrid.Of(rand(401, 1, 1, 1)));
        Assert.Throws<ArgumentException>(() => ImageGrid.Of(rand(2, 3, 8, 8), captions: ["a"]));
        Assert.Contains("normalized", Assert.Throws<ArgumentException>(() => ImageGrid.Of(randn(2, 3, 8, 8))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ImageGrid.Of(full([1, 1, 2, 2], float.NaN)));
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        using var images = rand(6, 3, 8, 8);
        ImageGrid.Of(images, captions: ["a", "b", "c", "d", "e", "f"]);
        using var scope = NewDisposeScope();
        ImageGrid.Of(images, columns: 3);
        Assert.Equal(0, scope.DisposablesCount);
    }
}
