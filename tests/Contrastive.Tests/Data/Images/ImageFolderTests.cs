using Contrastive.Data;
using SkiaSharp;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class ImageFolderTests : IDisposable
{
    private static readonly SKColor Orange = new(255, 128, 0);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("folder")]
    [InlineData("set.tar")]
    [InlineData("set.tgz")]
    [InlineData("set.zip")]
    public void Classes_and_pictures_come_in_ordinal_order_from_folders_and_archives(string source)
    {
        (string Name, byte[] Bytes)[] files =
        [
            ("train/cat/b.png", Archives.Picture(4, 2, SKColors.Blue)),
            ("train/ant/z.png", Archives.Picture(4, 2, Orange)),
            ("train/cat/a.png", Archives.Picture(4, 2, SKColors.Red)),
            ("train/readme.txt", [1]),
            ("test/cat/a.png", Archives.Picture(4, 2, SKColors.Lime)),
        ];
        using var set = ImageFolder.Read("mine", Store(source, files), "train");

        Assert.Equal("mine: 3 images 3×2×4, 2 classes", set.ToString());
        Assert.Equal(["ant", "cat"], set.ClassNames);
        Assert.Equal([0, 1, 1], set.Labels.data<long>().ToArray());
        Assert.Equal([255, 128, 0], Pixel(set, 0));
        Assert.Equal([255, 0, 0], Pixel(set, 1));
        Assert.Equal([0, 0, 255], Pixel(set, 2));
    }

    [Fact]
    public void Gray_pictures_get_three_equal_channels_and_what_is_transparent_lies_on_white()
    {
        using var set = ImageFolder.Read("mine", Store("folder",
            ("a/1.jpg", Archives.Picture(8, 8, new SKColor(90, 90, 90), SKEncodedImageFormat.Jpeg, SKColorType.Gray8)),
            ("a/2.png", Archives.Picture(8, 8, SKColors.Transparent)),
            ("a/3.png", Archives.Picture(8, 8, new SKColor(255, 0, 0, 51)))));

        Assert.Equal([90, 90, 90], Pixel(set, 0));
        Assert.Equal([255, 255, 255], Pixel(set, 1));
        Assert.Equal([255, 204, 204], Pixel(set, 2)); // 0.2 red on white
    }

    [Fact]
    public void Pictures_of_other_sizes_are_an_error_unless_a_size_is_asked_for()
    {
        var path = Store("folder", ("a/1.png", Archives.Picture(8, 8, Orange)), ("a/2.png", Archives.Picture(40, 20, Orange)));

        var refused = Assert.Throws<InvalidDataException>(() => ImageFolder.Read("mine", path));
        Assert.EndsWith("a/2.png: is 40×20, the first picture 8×8: pass a size, so that all are scaled to it.", refused.Message, StringComparison.Ordinal);

        using var scaled = ImageFolder.Read("mine", path, size: 16);
        Assert.Equal([2, 3, 16, 16], scaled.Images.shape);
        Assert.Equal([255, 128, 0], Pixel(scaled, 1));
    }

    [Fact]
    public void Scaling_keeps_the_middle()
    {
        using var bitmap = new SKBitmap(30, 10);
        bitmap.Erase(SKColors.Black);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.DrawRect(10, 0, 10, 10, new SKPaint { Color = SKColors.White, IsAntialias = false });
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        using var set = ImageFolder.Read("mine", Store("folder", ("a/1.png", data.ToArray())), size: 5);
        Assert.Equal(255, set.Images.min().item<byte>());
    }

    [Theory]
    [InlineData("cut.jpg", 0.6)]
    [InlineData("head.jpg", 0.02)]
    [InlineData("cut.png", 0.6)]
    [InlineData("empty.png", 0)]
    [InlineData("text.png", -1)]
    public void A_damaged_picture_in_a_tar_is_named(string name, double part)
    {
        var picture = Archives.Noise(64, 64, name.EndsWith("jpg", StringComparison.Ordinal) ? SKEncodedImageFormat.Jpeg : SKEncodedImageFormat.Png);
        var bytes = part < 0 ? "not a picture"u8.ToArray() : picture[..(int)(picture.Length * part)];
        var path = Store("set.tar", ("a/good.jpg", picture), ($"b/{name}", bytes));

        var refused = Assert.Throws<InvalidDataException>(() => ImageFolder.Read("mine", path));
        Assert.StartsWith($"{path}: b/{name}: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tar_that_leads_outside_is_refused()
    {
        var path = Store("set.tar", ("a/../../b/1.png", Archives.Picture(4, 4, Orange)));
        Assert.Contains("leads out of its folder", Assert.Throws<InvalidDataException>(() => ImageFolder.Read("mine", path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layout_without_classes_says_what_was_found()
    {
        var path = Store("set.zip", ("train/a/1.png", Archives.Picture(4, 4, Orange)), ("readme.txt", [1]));
        Assert.Equal($"{path}: no pictures at 'val/<class>/<picture>' (.jpg, .jpeg, .png, .bmp, .webp). At the top it has: readme.txt, train/. Its files end in .png, .txt.",
            Assert.Throws<InvalidDataException>(() => ImageFolder.Read("mine", path, "val")).Message);
        Assert.Throws<FileNotFoundException>(() => ImageFolder.Read("mine", _folder.At("nowhere.tar")));
    }

    [Fact]
    public void A_part_is_balanced_and_depends_on_the_seed_only()
    {
        var files = Enumerable.Range(0, 40).Select(i => ($"{(i < 30 ? "many" : "few")}/{i:00}.png", Archives.Picture(2, 2, new SKColor((byte)i, 0, 0)))).ToArray();
        var path = Store("set.tar", files);
        using var some = ImageFolder.Read("mine", path, count: 8, seed: 3);
        using var same = ImageFolder.Read("mine", path, count: 8, seed: 3);
        using var other = ImageFolder.Read("mine", path, count: 8, seed: 4);

        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1], some.Labels.data<long>().ToArray());
        Assert.Equal(some.Images.data<byte>().ToArray(), same.Images.data<byte>().ToArray());
        Assert.NotEqual(some.Images.data<byte>().ToArray(), other.Images.data<byte>().ToArray());
        Assert.Contains("expected 1 to 40: there are 40 images",
            Assert.Throws<ArgumentOutOfRangeException>(() => ImageFolder.Read("mine", path, count: 41)).Message, StringComparison.Ordinal);
    }

    private string Store(string source, params (string Name, byte[] Bytes)[] files)
    {
        if (source.Contains('.', StringComparison.Ordinal))
        {
            var bytes = source.EndsWith("zip", StringComparison.Ordinal) ? Archives.Zip(files) : Archives.Tar(files);
            return _folder.Write(source, source.EndsWith("gz", StringComparison.Ordinal) ? Archives.Gzip(bytes) : bytes);
        }

        foreach (var (name, bytes) in files)
        {
            _folder.Write($"{source}/{name}", bytes);
        }

        return _folder.At(source);
    }

    private static byte[] Pixel(ImageSet set, int index) => set.Images[index, .., 1, 1].contiguous().data<byte>().ToArray();
}
