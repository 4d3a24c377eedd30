using System.Globalization;
using static TorchSharp.torch;

namespace Contrastive.Data;

/// <summary>The labeled image sets that a lesson can be run on, by name.</summary>
public static class ImageData
{
    private const int ShapesTrain = 4000;
    private const int ShapesTest = 1000;

    /// <summary>The named sets that <see cref="Load"/> knows, besides <c>folder:PATH</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["shapes", "fashion-mnist", "cifar10", "tiny-imagenet"];

    /// <summary>
    /// Loads a data set. "shapes" is generated (see <see cref="Shapes"/>), 4,000 + 1,000 images by default. Real ones come from the data
    /// folder: <c>contrastive data get NAME</c> puts them there. CIFAR-10 is read from the official binary archive if available, else from
    /// the JPEG copy, and is then called "CIFAR-10 (JPEG)"; Tiny-ImageNet from the full archive, else from the one with 20 classes, and is
    /// named accordingly.
    /// <para>
    /// <c>folder:PATH</c> is one's own: a folder of pictures for each class, <c>PATH/class/picture.jpg</c>, or the same below
    /// <c>PATH/train</c> and <c>PATH/test</c>; or an archive of that (see <see cref="ImageFolder"/>). Without such a division a fifth of
    /// each class, at least two pictures, is held out for the test. Square pictures of one size keep it up to 96 pixels; all others are
    /// cropped to their middle and scaled to 32 by 32, for which the lessons' networks are made. It may have fewer images than asked for.
    /// </para>
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>, or <c>folder:PATH</c>.</param>
    /// <param name="train">The number of training images, class-balanced; null for all.</param>
    /// <param name="test">The number of test images, class-balanced; null for all.</param>
    /// <param name="channels">3 repeats a gray image in each color channel; null keeps what the set has.</param>
    /// <param name="seed">Which images, if not all are used; for shapes, which world. The default is 0.</param>
    /// <param name="folder">The data folder; <see cref="DataFolder.Default"/> if null.</param>
    /// <returns>The training and the test images, uint8 <c>[N, C, H, W]</c>.</returns>
    /// <exception cref="ArgumentException">The name is unknown, or the set does not have that number of images or channels.</exception>
    /// <exception cref="FileNotFoundException">The files are not in the data folder, and the message says how to get them; or there is no
    /// such folder.</exception>
    /// <exception cref="InvalidDataException">A file is truncated, damaged or not the expected one; a folder of one's own has one class,
    /// or too few pictures of one.</exception>
    public static (ImageSet Train, ImageSet Test) Load(
        string name, int? train = null, int? test = null, int? channels = null, long seed = 0, DataFolder? folder = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var from = folder ?? DataFolder.Default;
        var (trainSet, testSet) = name switch
        {
            "shapes" => (Generate("Shapes train", train ?? ShapesTrain, seed), Generate("Shapes test", test ?? ShapesTest, ~seed)),
            "fashion-mnist" => Part(LoadFashionMnist(from), train, test, seed),
            "cifar10" => LoadCifar10(from, train, test, seed),
            "tiny-imagenet" => LoadTinyImageNet(from, train, test, seed),
            _ when OwnData.Path(name, OwnData.Folder) is { } own => OwnImages.Load(own, train, test, seed),
            _ => throw new ArgumentException($"There is no image data set '{name}'. There are: {string.Join(", ", Names)}, and folder:PATH.", nameof(name)),
        };
        return (WithChannels(trainSet, channels), WithChannels(testSet, channels));
    }

    private static ImageSet Generate(string name, int count, long seed)
    {
        using var shapes = Shapes.Generate(count, seed);
        var images = shapes.Images;
        return new ImageSet(name, images.Images.alias(), images.Labels.alias(), images.ClassNames) { Colors = images.Colors!.alias(), Grounds = images.Grounds!.alias() };
    }

    private static (ImageSet Train, ImageSet Test) LoadFashionMnist(DataFolder folder)
    {
        var entry = Catalog.Find("fashion-mnist");
        var paths = entry.Files.Select(file => folder.Require(entry, file)).ToArray();
        return (FashionMnist.Read("Fashion-MNIST train", paths[0], paths[1]), FashionMnist.Read("Fashion-MNIST test", paths[2], paths[3]));
    }

    private static (ImageSet Train, ImageSet Test) LoadCifar10(DataFolder folder, int? train, int? test, long seed)
    {
        var (entry, path) = Locate(folder, "cifar10", "cifar10-jpeg");
        if (entry.Name == "cifar10")
        {
            return Part(Cifar10.Read(path), train, test, seed);
        }

        var tree = FileTree.Open(path);
        return (
            ImageFolder.Find(tree, "train").Choose(train, seed).Decode($"{entry.Title} train", size: null),
            ImageFolder.Find(tree, "test").Choose(test, seed).Decode($"{entry.Title} test", size: null));
    }

    private static (ImageSet Train, ImageSet Test) LoadTinyImageNet(DataFolder folder, int? train, int? test, long seed)
    {
        var (entry, path) = Locate(folder, "tiny-imagenet", "tiny-imagenet-20");
        return TinyImageNet.Read(entry.Title, path, train, test, seed);
    }

    /// <summary>The first of these single-file entries that is in the folder; the error is the first one's.</summary>
    private static (CatalogEntry Entry, string Path) Locate(DataFolder folder, params string[] names)
    {
        var entries = names.Select(Catalog.Find).ToArray();
        var entry = entries.FirstOrDefault(candidate => folder.Look(candidate.Files[0]) != DataFileState.Missing) ?? entries[0];
        return (entry, folder.Require(entry, entry.Files[0]));
    }

    private static (ImageSet Train, ImageSet Test) Part((ImageSet Train, ImageSet Test) sets, int? train, int? test, long seed) =>
        (Part(sets.Train, train, seed), Part(sets.Test, test, seed));

    private static ImageSet Part(ImageSet set, int? count, long seed)
    {
        if (count is not { } wanted)
        {
            return set;
        }

        using (set)
        using (NewDisposeScope())
        {
            var labels = set.Labels.data<long>().Select(label => (int)label).ToArray();
            return set.Select(tensor(ClassBalance.Choose(labels, wanted, seed).Select(index => (long)index).ToArray()));
        }
    }

    private static ImageSet WithChannels(ImageSet set, int? channels)
    {
        if (channels is null || channels == set.Channels)
        {
            return set;
        }

        using (set)
        using (NewDisposeScope())
        {
            return channels == 3 && set.Channels == 1
                ? new ImageSet(set.Name, set.Images.repeat(1, 3, 1, 1), set.Labels.clone(), set.ClassNames) // [N, 3, H, W]
                : throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"'{set.Name}' has {set.Channels} channels and cannot be given {channels}: a gray set can be given 3."), nameof(channels));
        }
    }
}
