using System.Text;
using Contrastive.Data;
using SkiaSharp;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class TinyImageNetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_validation_split_takes_its_classes_from_the_annotations()
    {
        var (train, test) = TinyImageNet.Read("Tiny", Store("val_0.JPEG\tn02\t0\t1\t2\t3\nval_1.JPEG\tn01\t0\t1\t2\t3\n"));
        using (train)
        using (test)
        {
            Assert.Equal("Tiny train: 2 images 3×6×6, 2 classes", train.ToString());
            Assert.Equal(["goldfish", "n02"], train.ClassNames); // n02 has no word
            Assert.Equal([0, 1], train.Labels.data<long>().ToArray());
            Assert.Equal("Tiny test", test.Name);
            Assert.Equal([1, 0], test.Labels.data<long>().ToArray());
            Assert.Equal(200, test.Images[0, 0, 0, 0].item<byte>());
        }
    }

    [Theory]
    [InlineData("val_0.JPEG\tn99\t0\t0\t0\t0", "line 1: expected 'picture<tab>class<tab>…' with a class of the training split, found 'val_0.JPEG\tn99")]
    [InlineData("val_0.JPEG", "line 1: expected")]
    [InlineData("val_0.JPEG\tn01\t0\nval_7.JPEG\tn01\t0", "line 2: there is no picture 'val/images/val_7.JPEG'")]
    public void Wrong_annotations_are_named_by_line(string annotations, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => TinyImageNet.Read("Tiny", Store(annotations))).Message, StringComparison.Ordinal);

    [Fact]
    public void Another_layout_is_refused()
    {
        var path = _folder.Write("other.tar", Archives.Tar(("train/a/1.png", Archives.Picture(4, 4, SKColors.Red))));
        Assert.Contains("not Tiny-ImageNet's layout", Assert.Throws<InvalidDataException>(() => TinyImageNet.Read("Tiny", path)).Message, StringComparison.Ordinal);
    }

    private string Store(string annotations) => _folder.Write("tiny.tar", Archives.Tar(
        ("tiny-imagenet-200/words.txt", Encoding.UTF8.GetBytes("n01\tgoldfish, Carassius auratus\n")),
        ("tiny-imagenet-200/train/n02/images/n02_0.JPEG", Archives.Picture(6, 6, SKColors.Red)),
        ("tiny-imagenet-200/train/n01/images/n01_0.JPEG", Archives.Picture(6, 6, SKColors.Red)),
        ("tiny-imagenet-200/val/images/val_0.JPEG", Archives.Picture(6, 6, new SKColor(200, 0, 0))),
        ("tiny-imagenet-200/val/images/val_1.JPEG", Archives.Picture(6, 6, new SKColor(100, 0, 0))),
        ("tiny-imagenet-200/val/val_annotations.txt", Encoding.UTF8.GetBytes(annotations))));
}
