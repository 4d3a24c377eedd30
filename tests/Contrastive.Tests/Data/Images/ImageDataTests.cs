using Contrastive.Data;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Data;

public sealed class ImageDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_unknown_name_lists_the_known_ones() =>
        Assert.StartsWith("There is no image data set 'mnist'. There are: shapes, fashion-mnist, cifar10, tiny-imagenet, and folder:PATH.",
            Assert.Throws<ArgumentException>(() => ImageData.Load("mnist")).Message, StringComparison.Ordinal);

    [Fact]
    public void Missing_files_say_how_to_get_them()
    {
        foreach (var name in new[] { "fashion-mnist", "cifar10", "tiny-imagenet" })
        {
            var missing = Assert.Throws<FileNotFoundException>(() => ImageData.Load(name, folder: new DataFolder(_folder.Path)));
            Assert.Contains($"is missing. Run: contrastive data get {name}", missing.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_truncated_file_says_so_before_it_is_read()
    {
        _folder.Write("fashion-mnist/train-images-idx3-ubyte.gz", [1, 2, 3]);
        var wrong = Assert.Throws<InvalidDataException>(() => ImageData.Load("fashion-mnist", folder: new DataFolder(_folder.Path)));
        Assert.Contains("has 3 bytes, expected 26,421,880: it is truncated or another file. Delete it. Run: contrastive data get fashion-mnist", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_are_generated_with_other_images_held_out()
    {
        var (train, test) = ImageData.Load("shapes", train: 40, test: 20, seed: 3);
        using (train)
        using (test)
        {
            Assert.Equal("Shapes train: 40 images 3×32×32, 10 classes", train.ToString());
            Assert.Equal("Shapes test", test.Name);
            Assert.False(train.Images[..20].equal(test.Images).all().item<bool>());
            using var expected = Shapes.Generate(40, 3);
            Assert.True(train.Images.equal(expected.Images.Images).all().item<bool>());
        }
    }

    [Fact]
    public void Real_data_Fashion_MNIST_is_read_balanced_and_in_three_channels()
    {
        var (train, test) = ImageData.Load("fashion-mnist", train: 500, test: 100, channels: 3, folder: RealData.With("fashion-mnist"));
        using (train)
        using (test)
        {
            Assert.Equal("Fashion-MNIST train: 500 images 3×28×28, 10 classes", train.ToString());
            Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(50, train.Labels.eq(label).sum().item<long>()));
            Assert.True(train.Images.select(1, 0).equal(train.Images.select(1, 2)).all().item<bool>());
        }
    }

    [Fact]
    public void Real_data_Fashion_MNIST_has_its_published_mean()
    {
        var (train, test) = ImageData.Load("fashion-mnist", folder: RealData.With("fashion-mnist"));
        using (train)
        using (test)
        {
            Assert.Equal((60_000, 10_000), (train.Count, test.Count));
            Assert.Equal(0.2860, train.Images.to(ScalarType.Float64).mean().item<double>() / 255, 4);
            Assert.Equal([9, 0, 0, 3], train.Labels[..4].data<long>().ToArray());
        }
    }

    [Fact]
    public void Real_data_CIFAR_10_from_JPEG_is_called_so_and_resembles_the_lossless_records()
    {
        var folder = RealData.With("cifar10-jpeg");
        if (folder.Look(Catalog.Find("cifar10").Files[0]) == DataFileState.Present)
        {
            Assert.Skip("The official CIFAR-10 is here and is read before the JPEG copy.");
        }

        var (train, test) = ImageData.Load("cifar10", train: 1000, test: 200, folder: folder);
        using (train)
        using (test)
        {
            Assert.Equal("CIFAR-10 (JPEG) train: 1,000 images 3×32×32, 10 classes", train.ToString());
            Assert.Equal(Cifar10.ClassNames, train.ClassNames);
            Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(20, test.Labels.eq(label).sum().item<long>()));
        }

        // The JPEG copy numbers each class's pictures in the order of the official records.
        var entry = Catalog.Find("cifar10-first4000");
        using var lossless = Cifar10.ReadBatch("x", RealData.With(entry.Name).Require(entry, entry.Files[0]));
        var pictures = ImageFolder.Find(FileTree.Open(folder.Require(Catalog.Find("cifar10-jpeg"), Catalog.Find("cifar10-jpeg").Files[0])), "train");
        using var frogs = (pictures with { Paths = ["train/frog/0000.jpg"], Labels = [6] }).Decode("x", size: null);
        var firstFrog = lossless.Labels.eq(6).nonzero()[0, 0].item<long>();
        using var difference = lossless.Images[firstFrog].to(ScalarType.Float32) - frogs.Images[0].to(ScalarType.Float32);
        Assert.InRange(difference.square().mean().sqrt().item<float>(), 0.1f, 20f); // about 8 at 30 dB
    }

    [Fact]
    public void Real_data_Tiny_ImageNet_is_read_from_its_own_layout()
    {
        var (train, test) = ImageData.Load("tiny-imagenet", train: 200, test: 100, folder: RealData.With("tiny-imagenet-20"));
        using (train)
        using (test)
        {
            Assert.StartsWith("Tiny-ImageNet", train.Name, StringComparison.Ordinal);
            Assert.Equal((200, 64, 64), (train.Count, train.Height, train.Width));
            Assert.Contains("goldfish", train.ClassNames);
            Assert.Equal(100, test.Count);
        }
    }
}
