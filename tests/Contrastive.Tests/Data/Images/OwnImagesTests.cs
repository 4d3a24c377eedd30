using Contrastive.Data;
using SkiaSharp;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class OwnImagesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_fifth_of_each_class_is_held_out_and_everything_is_used_once()
    {
        Fill("cat", 10, 16);
        Fill("dog", 25, 16);
        var (train, test) = Load();
        using (train)
        using (test)
        {
            var name = Path.GetFileName(_folder.Path);
            Assert.Equal($"{name} train: 28 images 3×16×16, 2 classes", train.ToString());
            Assert.Equal($"{name} test: 7 images 3×16×16, 2 classes", test.ToString());
            Assert.Equal(["cat", "dog"], test.ClassNames);
            Assert.Equal((2, 5), (test.Labels.eq(0).sum().item<long>(), test.Labels.eq(1).sum().item<long>()));
            // Each picture has a shade of its own.
            Assert.Equal(Enumerable.Range(0, 35).Select(shade => (byte)shade), Shades(train).Concat(Shades(test)).Order());
        }
    }

    [Fact]
    public void The_division_depends_on_the_seed_and_not_on_how_many_are_asked_for()
    {
        Fill("cat", 20, 8);
        Fill("dog", 20, 8);
        byte[] Held(long seed, int? train = null)
        {
            var (trainSet, test) = Load(train: train, seed: seed);
            using (trainSet)
            using (test)
                return Shades(test);
        }

        Assert.Equal(Held(1), Held(1, train: 6));
        Assert.NotEqual(Held(1), Held(2));
        var (few, all) = Load(train: 6, test: 1000);
        using (few)
        using (all)
            Assert.Equal((6, 3, 8), (few.Count, few.Labels.sum().item<long>(), all.Count));
    }

    [Theory]
    [InlineData("test")]
    [InlineData("val")]
    [InlineData("Valid")]
    [InlineData("validation", "Train")]
    [InlineData("pets/test", "pets/train")]
    public void Parts_that_are_there_are_taken_as_they_are(string held, string training = "train")
    {
        Fill($"{training}/cat", 3, 8);
        Fill($"{training}/dog", 2, 8);
        Fill($"{held}/cat", 2, 8);
        Fill($"{held}/dog", 4, 8);
        var (train, test) = Load();
        using (train)
        using (test)
        {
            Assert.Equal((5, 6), (train.Count, test.Count));
            Assert.Equal(["cat", "dog"], train.ClassNames);
        }
    }

    [Theory]
    [InlineData(96, 96, 96)]
    [InlineData(97, 97, 32)]
    [InlineData(40, 30, 32)]
    public void Small_squares_of_one_size_keep_it_and_others_are_scaled(int width, int height, int expected)
    {
        Fill("cat", 4, width, height);
        Fill("dog", 4, width, height);
        var (train, test) = Load();
        using (train)
        using (test)
            Assert.Equal((expected, expected, expected), (train.Height, train.Width, test.Height));
    }

    [Fact]
    public void Pictures_of_several_sizes_are_scaled_to_one()
    {
        Fill("cat", 4, 20);
        Fill("dog", 4, 21);
        var (train, test) = Load();
        using (train)
        using (test)
            Assert.Equal((32, 32), (train.Height, test.Width));
    }

    [Fact]
    public void All_pictures_decide_the_size_however_few_are_asked_for()
    {
        Fill("cat", 40, 20);
        Fill("dog", 39, 20);
        Fill("dog/large", 1, 21);
        for (var seed = 0; seed < 3; seed++)
        {
            var (train, test) = Load(train: 2, test: 2, seed: seed);
            using (train)
            using (test)
                Assert.Equal((32, 32), (train.Height, test.Height));
        }
    }

    [Theory]
    [InlineData("train", "train")]
    [InlineData("pets/Train", "Train")]
    [InlineData("test,val", "test, val")]
    public void Parts_without_their_counterpart_are_no_classes(string folders, string named)
    {
        foreach (var folder in folders.Split(','))
        {
            Fill($"{folder}/cat", 4, 8);
            Fill($"{folder}/dog", 4, 8);
        }

        Assert.EndsWith(
            $"of its parts it has {named} only; expected train and one of test, val, valid, validation side by side, or a folder for each class.", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_in_an_archive_of_a_folder_is_entered()
    {
        var files = Enumerable.Range(0, 8).Select(i => ($"pets/{(i < 4 ? "cat" : "dog")}/{i}.png", Archives.Picture(8, 8, new SKColor((byte)i, 0, 0))));
        var path = _folder.Write("pets.zip", Archives.Zip([.. files, ("pets/README.md", [1]), ("__MACOSX/pets/cat/._0.png", [1])]));
        var (train, test) = ImageData.Load($"folder:{path}");
        using (train)
        using (test)
            Assert.Equal(["cat", "dog"], train.ClassNames);
    }

    [Fact]
    public void An_archive_is_a_folder_and_hidden_files_are_no_pictures()
    {
        var files = Enumerable.Range(0, 8).Select(i => ($"{(i < 4 ? "cat" : "dog")}/{i}.png", Archives.Picture(8, 8, new SKColor((byte)i, 0, 0))));
        var path = _folder.Write("pets.zip", Archives.Zip([.. files, ("__MACOSX/cat/._0.png", [1]), (".thumbnails/a.png", [1])]));
        var (train, test) = ImageData.Load($"folder:{path}");
        using (train)
        using (test)
        {
            Assert.Equal(["cat", "dog"], train.ClassNames);
            Assert.Equal("pets.zip train", train.Name);
        }
    }

    [Fact]
    public void Each_way_in_which_a_folder_can_be_wrong_is_named()
    {
        Assert.Contains("no pictures at '<class>/<picture>'", Refused(), StringComparison.Ordinal);
        _folder.Write("cat/1.gif", [1]);
        Assert.EndsWith("(.jpg, .jpeg, .png, .bmp, .webp). At the top it has: cat/. Its files end in .gif.", Refused(), StringComparison.Ordinal);
        Fill("", 3, 8);
        Assert.Contains("At the top it has: 00.png, 01.png, 02.png, cat/", Refused(), StringComparison.Ordinal);
        Fill("cat", 9, 8);
        Assert.EndsWith("all 9 pictures are in one class, 'cat'; expected at least two folders side by side, one for each class.", Refused(), StringComparison.Ordinal);
        Fill("dog", 3, 8);
        Assert.EndsWith("class 'dog' has 3 picture(s), expected at least 4: 2 to train on, 2 to measure by.", Refused(), StringComparison.Ordinal);
        Fill("dog", 4, 8);
        _folder.Write("dog/02.png", "not a picture"u8.ToArray());
        Assert.EndsWith("dog/02.png: not a picture, or damaged at its beginning.", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_that_do_not_fit_each_other_are_named()
    {
        Fill("train/cat", 4, 8);
        Fill("test/cat", 4, 8);
        Assert.EndsWith("there is one class, 'cat', expected at least two.", Refused(), StringComparison.Ordinal);
        Fill("train/dog", 4, 8);
        Assert.EndsWith("class 'dog' is in one of its two parts only, expected in the training and in the test part.", Refused(), StringComparison.Ordinal);
        Fill("test/dog", 1, 8);
        Assert.EndsWith("class 'dog' has 1 picture in the test part, expected at least 2.", Refused(), StringComparison.Ordinal);
    }

    private (ImageSet Train, ImageSet Test) Load(int? train = null, int? test = null, long seed = 0) =>
        ImageData.Load($"folder:{_folder.Path}", train, test, seed: seed);

    private string Refused() => Assert.Throws<InvalidDataException>(() => Load()).Message;

    private int _shade;

    private void Fill(string folder, int count, int width, int? height = null)
    {
        for (var i = 0; i < count; i++)
            _folder.Write(Path.Combine(folder, $"{i:00}.png"), Archives.Picture(width, height ?? width, new SKColor((byte)_shade++, 0, 0)));
    }

    private static byte[] Shades(ImageSet set) => [.. set.Images[.., 0, 1, 1].contiguous().data<byte>().ToArray().Order()];
}
