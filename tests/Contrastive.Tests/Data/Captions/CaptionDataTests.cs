using System.Text;
using Contrastive.Data;
using SkiaSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Data;

public sealed class CaptionDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_unknown_name_lists_the_known_ones() => Assert.StartsWith(
        "There are no captioned pictures 'coco'. There are: scenes, emoji, flickr8k, cifar10, captions:PATH and folder:PATH.",
        Assert.Throws<ArgumentException>(() => CaptionData.Load("coco")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("emoji", "EmojiOne 2.2.7 is not in the data folder")]
    [InlineData("flickr8k", "Flickr8k (1,000 images) is not in the data folder")]
    [InlineData("cifar10", "CIFAR-10 is not in the data folder")]
    public void Missing_files_say_how_to_get_them(string name, string message) => Assert.StartsWith(
        message, Assert.Throws<FileNotFoundException>(() => CaptionData.Load(name, folder: new DataFolder(_folder.Path))).Message, StringComparison.Ordinal);

    [Fact]
    public void Scenes_to_test_on_are_others_of_the_same_pairs()
    {
        using var splits = CaptionData.Load("scenes", train: 30, test: 20, size: 32, seed: 4);
        Assert.Equal((30, 20), (splits.Train.Count, splits.Test.Count));
        Assert.Equal([20, 3, 32, 32], splits.Test.Images.shape);
        using var direct = Scenes.Generate(30, seed: 4, new SceneOptions { Size = 32 });
        Assert.Equal(direct.Captioned.Texts, splits.Train.Texts);
    }

    [Fact]
    public void A_fifth_of_ones_own_pictures_is_held_out_by_the_seed_whatever_is_asked_for()
    {
        var name = Own(25);
        using var all = Load(name);
        Assert.Equal((20, 5), (all.Train.Count, all.Test.Count));
        Assert.Equal("set train: 20 pictures 3×8×8, 20 captions", all.Train.ToString());
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"number {i}").ToHashSet(), all.Train.Texts.Concat(all.Test.Texts).ToHashSet());
        // Each picture has a shade of its own, so that captions can be checked against pictures.
        foreach (var part in new[] { all.Train, all.Test })
            Assert.Equal(part.Texts, part.Images[.., 0, 0, 0].data<byte>().ToArray().Select(red => $"number {red}"));
        using var few = Load(name, train: 3, test: 2);
        Assert.Equal((3, 2), (few.Train.Count, few.Test.Count));
        Assert.Subset(all.Test.Texts.ToHashSet(), few.Test.Texts.ToHashSet());
        using var many = Load(name, train: 100, test: 100);
        Assert.Equal((20, 5), (many.Train.Count, many.Test.Count));
        using var other = Load(name, seed: 1);
        Assert.NotEqual(all.Test.Texts, other.Test.Texts);
        Assert.Single(Directory.GetFiles(_folder.At("cache"), "*.pictures"), file => new FileInfo(file).Length > 25 * 192); // Both seeds share it.
    }

    [Fact]
    public void One_picture_cannot_be_split() =>
        Assert.Contains("expected at least two", Assert.Throws<InvalidDataException>(() => Load(Own(1))).Message, StringComparison.Ordinal);

    [Fact]
    public void Folders_names_become_captions()
    {
        foreach (var (name, shade) in new[] { ("sea_lion", 10), ("cat", 20) })
        {
            for (var i = 0; i < 10; i++)
                _folder.Write($"pets/{name}/{i}.png", Archives.Picture(16, 16, new SKColor((byte)shade, 0, 0)));
        }

        using var splits = CaptionData.Load($"folder:{_folder.At("pets")}", size: 24);
        Assert.Equal((16, 4), (splits.Train.Count, splits.Test.Count));
        Assert.Equal([4, 3, 24, 24], splits.Test.Images.shape);
        var captions = splits.Test.Images[.., 0, 0, 0].data<byte>().ToArray().Zip(splits.Test.Captions);
        Assert.All(captions, pair => Assert.Equal(
            pair.First == 10 ? ["a photo of a sea lion.", "a blurry photo of a sea lion.", "a photo of the sea lion."] : ["a photo of a cat.", "a blurry photo of a cat.", "a photo of the cat."], pair.Second));
    }

    [Fact]
    public void Emoji_have_their_names_and_keywords_and_tones_stay_together()
    {
        var path = Emoji();
        var files = EmojiCaptions.Find("emoji", FileTree.Open(path), strict: false);
        Assert.Equal(["snail", "snail, insects, animal"], files.Pictures.Single(file => file.Path.EndsWith("1f40c.png")).Captions);
        Assert.Equal(["boy tone 1"], files.Pictures.Single(file => file.Path.EndsWith("1f466-1f3fb.png")).Captions);
        Assert.Equal(
            [$"1 caption is of a picture that is not there: left out. The first: {path}: emoji.json, 'ghost' (1f47b).", "1 picture has no name: left out. The first: assets/0023.png."], files.Notes);
        Assert.Throws<InvalidDataException>(() => EmojiCaptions.Find("emoji", FileTree.Open(path), strict: true));
        for (var seed = 0; seed < 10; seed++)
        {
            var (train, test) = files.Split(null, null, seed);
            Assert.Equal(files.Pictures.Count, train.Union(test).Count());
            Assert.Empty(train.Select(place => files.Pictures[place].Group).Intersect(test.Select(place => files.Pictures[place].Group)));
        }
    }

    [Fact]
    public void Sizes_and_numbers_that_cannot_be_are_refused_by_name()
    {
        Assert.Equal("train", Assert.Throws<ArgumentOutOfRangeException>(() => CaptionData.Load("scenes", train: 0)).ParamName);
        Assert.Equal("test", Assert.Throws<ArgumentOutOfRangeException>(() => CaptionData.Load("emoji", test: -1)).ParamName);
        Assert.Equal("size", Assert.Throws<ArgumentOutOfRangeException>(() => CaptionData.Load("cifar10", size: 64)).ParamName);
    }

    [Fact]
    public void Real_emoji_are_split_by_picture()
    {
        using var splits = CaptionData.Load("emoji", size: 32, folder: RealData.With("emojione"), cache: _folder.At("cache"));
        Assert.Equal(1820, splits.Train.Count + splits.Test.Count);
        Assert.InRange(splits.Test.Count, 364, 370);
        Assert.Empty(splits.Train.Names.Intersect(splits.Test.Names));
        Assert.Equal(["12 pictures have no name: left out. The first: assets/png_128x128/0023.png."], splits.Notes);
    }

    [Fact]
    public void Real_photographs_have_five_captions_each()
    {
        using var splits = CaptionData.Load("flickr8k", size: 32, strict: true, folder: RealData.With("flickr8k-1000"), cache: _folder.At("cache"));
        Assert.Equal((800, 200, 4000, 1000), (splits.Train.Count, splits.Test.Count, splits.Train.Texts.Count, splits.Test.Texts.Count));
        Assert.Empty(splits.Notes);
        Assert.All(splits.Test.Captions, captions => Assert.Equal(5, captions.Count));
    }

    [Fact]
    public void Real_small_photographs_are_captioned_by_class()
    {
        using var splits = CaptionData.Load("cifar10", train: 20, test: 10, folder: RealData.With("cifar10-jpeg"));
        Assert.Equal([20, 3, 32, 32], splits.Train.Images.shape);
        Assert.Contains("a photo of a frog.", splits.Test.Texts);
    }

    private CaptionSplits Load(string name, int? train = null, int? test = null, long seed = 0) =>
        CaptionData.Load(name, train, test, size: 8, seed, strict: true, cache: _folder.At("cache"));

    private string Own(int count)
    {
        for (var i = 0; i < count; i++)
            _folder.Write($"set/{i}.png", Archives.Picture(16, 16, new SKColor((byte)i, 0, 0)));
        _folder.Write("set/captions.csv", Encoding.UTF8.GetBytes("image,caption\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"{i}.png,number {i}\n"))));
        return $"captions:{_folder.At("set")}";
    }

    private string Emoji()
    {
        static string Entry(string code, string name, string keywords = "") => $$"""{ "unicode": "{{code}}", "name": "{{name}}", "keywords": [{{keywords}}] }""";
        string[] tones = [.. "bcdef".Select((letter, i) => $"\"boy_tone{i + 1}\": {Entry($"1f466-1f3f{letter}", $"boy tone {i + 1}")}")];
        var json = $$"""{ "snail": {{Entry("1f40c", "snail", "\"insects\", \"animal\"")}}, "ghost": {{Entry("1f47b", "ghost")}}, "boy": {{Entry("1f466", "boy")}}, {{string.Join(", ", tones)}} }""";
        string[] codes = ["0023", "1f40c", "1f466", .. "bcdef".Select(letter => $"1f466-1f3f{letter}")];
        return _folder.Write("emoji.tar.gz", Archives.Gzip(Archives.Tar(
            [("emoji.json", Encoding.UTF8.GetBytes(json)), .. codes.Select(code => ($"assets/{code}.png", Archives.Picture(8, 8, SKColors.Red)))])));
    }
}
