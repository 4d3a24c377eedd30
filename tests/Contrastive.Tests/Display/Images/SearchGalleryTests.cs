using System.Text.RegularExpressions;
using Contrastive.Display;
using Contrastive.Tests.Losses;
using SkiaSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Display;

public sealed class SearchGalleryTests
{
    private static readonly string[] Texts = ["a red <b>circle</b>", "two stars", "a heart & a ring"];

    private static Tensor Gray(params byte[] levels) => tensor(levels).reshape(-1, 1, 1, 1).expand(-1, 3, 4, 4);

    private static byte[] Levels(string html) => [.. Regex.Matches(html, "base64,([^\"]+)\"").Select(match =>
    {
        using var picture = SKBitmap.Decode(Convert.FromBase64String(match.Groups[1].Value));
        return picture.GetPixel(1, 1).Red;
    })];

    [Fact]
    public void Shows_the_images_that_were_found_for_each_text_best_first()
    {
        using var scope = NewDisposeScope();
        var found = tensor(new long[,] { { 3, 0 }, { 1, 3 } });
        var gallery = SearchGallery.TextToImage(
            Texts[..2], found, Gray(10, 20, 30, 40), (query, image) => image == 3 * (1 - query), tensor(new[,] { { 0.9, 0.5 }, { 0.25, -0.1 } }), ["zero", "one", "two", "three"], "Found");
        var html = Shown.ByConvention(gallery)["text/html"];
        Assert.Equal([40, 10, 20, 40], Levels(html));
        Assert.Equal(["y", "n", "n", "n"], Regex.Matches(html, "class=\"c ([yn])\"").Select(match => match.Groups[1].Value));
        Assert.Equal("Found\n  a red <b>circle</b>: ✓ three (0.90), ✗ zero (0.50)\n  two stars: ✗ one (0.25), ✗ three (-0.10)", gallery.ToString());
        Assert.Contains("a red &lt;b&gt;circle&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>circle", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_the_texts_that_were_found_for_each_image()
    {
        using var scope = NewDisposeScope();
        var gallery = SearchGallery.ImageToText(Gray(10, 20), tensor(new long[,] { { 2, 0 }, { 1, 2 } }), Texts, (query, text) => text == query, title: "<i>");
        var html = Shown.ByConvention(gallery)["text/html"];
        Assert.Equal([10, 20], Levels(html));
        Assert.Equal("<i>\n  image 0: ✗ a heart & a ring, ✓ a red <b>circle</b>\n  image 1: ✓ two stars, ✗ a heart & a ring", gallery.ToString());
        Assert.Contains("a heart &amp; a ring", html, StringComparison.Ordinal);
        Assert.Contains("<div class=\"t\">&lt;i&gt;</div>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_marked_where_nothing_is_known()
    {
        using var scope = NewDisposeScope();
        var gallery = SearchGallery.TextToImage(Texts[..1], tensor(new long[,] { { 1 } }), Gray(10, 20));
        Assert.Equal("Search results\n  a red <b>circle</b>: image 1", gallery.ToString());
        Assert.DoesNotContain("class=\"c y\"", Shown.ByConvention(gallery)["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        using var images = rand(2, 3, 8, 8);
        using var found = zeros([1, 2], int64);
        using var scope = NewDisposeScope();
        SearchGallery.TextToImage(Texts[..1], found, images);
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        var images = rand(4, 3, 2, 2);
        BadInput.Refused("expected Int64 [3, K]", () => SearchGallery.TextToImage(Texts, zeros([2, 2], int64), images));
        BadInput.Refused("found holds 4, but there are 4 to find", () => SearchGallery.TextToImage(Texts, full([3, 2], 4L), images));
        BadInput.Refused("found holds -1", () => SearchGallery.ImageToText(images, full([4, 2], -1L), Texts));
        BadInput.Refused("at most 400", () => SearchGallery.TextToImage(Texts, zeros([3, 200], int64), images));
        BadInput.Refused("expected float [3, 2]", () => SearchGallery.TextToImage(Texts, zeros([3, 2], int64), images, scores: zeros(3, 1)));
        BadInput.Refused("There are 1 caption", () => SearchGallery.TextToImage(Texts, zeros([3, 2], int64), images, captions: ["a"]));
        BadInput.Refused("expected [Q, C, H, W]", () => SearchGallery.ImageToText(images[0], zeros([1, 1], int64), Texts));
        BadInput.Refused("scale is 0", () => SearchGallery.TextToImage(Texts, zeros([3, 2], int64), images, scale: 0));
    }
}
