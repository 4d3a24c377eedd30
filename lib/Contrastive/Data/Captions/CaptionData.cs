using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>The captioned pictures that a lesson can be run on, by name.</summary>
public static class CaptionData
{
    private const int ScenesTrain = 6000;
    private const int ScenesTest = 1000;
    private const int PictureSide = 64;
    private const int CifarSide = 32;

    /// <summary>The named sets that <see cref="Load"/> knows, besides <c>captions:PATH</c> and <c>folder:PATH</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["scenes", "emoji", "flickr8k", "cifar10"];

    /// <summary>The templates that make captions of classes' names: three of CLIP's for CIFAR-10 (Radford et al. 2021).</summary>
    public static IReadOnlyList<string> ClassTemplates { get; } = ["a photo of a {}.", "a blurry photo of a {}.", "a photo of the {}."];

    /// <summary>
    /// Loads a set.
    /// <para>"scenes" is generated (see <see cref="Scenes"/>): 6,000 + 1,000 pictures of 48 pixels by default, five captions each; the test
    /// scenes have the same held-out pairs as the training scenes.</para>
    /// <para>"emoji" are EmojiOne's 1,820 pictures with names: a caption is the name (<c>snail</c>), a second one name and keywords
    /// (<c>snail, insects, animal</c>) where there are any. "flickr8k" is the catalog's flickr8k-1000: 1,000 photographs with five captions each.
    /// <c>captions:PATH</c> is one's own in the form of Flickr8k (see <see cref="CaptionFolder"/>). Of each of these a fifth of the pictures, which
    /// the seed chooses, is held out for the test; an emoji in several tones of skin is in one part with all of them.</para>
    /// <para>"cifar10" and <c>folder:PATH</c>, pictures in a folder for each class, have captions made of the classes' names by
    /// <see cref="ClassTemplates"/>, underscores in names read as spaces; parts and numbers are those of <see cref="ImageData.Load"/>.</para>
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>, <c>captions:PATH</c> or <c>folder:PATH</c>.</param>
    /// <param name="train">The number of training pictures; null for all (of scenes 6,000). Emoji and captions of one's own may be fewer.</param>
    /// <param name="test">The number of test pictures; null for all (of scenes 1,000). Emoji and captions of one's own may be fewer.</param>
    /// <param name="size">Height and width: each picture is cropped to its middle square and scaled. Null for 48 of scenes, 32 of CIFAR-10 (which has no
    /// other), what <see cref="ImageData.Load"/> takes for <c>folder:PATH</c>, 64 else.</param>
    /// <param name="seed">Which pictures are in which part; for scenes, which world. The default is 0.</param>
    /// <param name="strict">Whether empty captions, captions of missing pictures, pictures without captions and damaged pictures are errors, instead
    /// of left out, counted and named in <see cref="CaptionSplits.Notes"/>. The default is false.</param>
    /// <param name="folder">The data folder; <see cref="DataFolder.Default"/> if null.</param>
    /// <param name="cache">The folder where decoded pictures are kept; see <see cref="CaptionFolder.Read"/>.</param>
    /// <exception cref="ArgumentException">The name is unknown, or there is no such size or number.</exception>
    /// <exception cref="FileNotFoundException">The files are not in the data folder, and the message says how to get them; or there is nothing at
    /// the path.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or of another form, and the message says which and where; or something would be left
    /// out and <paramref name="strict"/>.</exception>
    public static CaptionSplits Load(
        string name, int? train = null, int? test = null, int? size = null, long seed = 0, bool strict = false, DataFolder? folder = null, string? cache = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        foreach (var (number, what) in new[] { (train, nameof(train)), (test, nameof(test)), (size, nameof(size)) })
            Require.AtLeast(number ?? 1, 1, name: what);
        var kept = new PictureCache(cache ?? PictureCache.DefaultFolder);
        return name switch
        {
            "scenes" => OfScenes(train ?? ScenesTrain, test ?? ScenesTest, size, seed),
            "emoji" => Split(OfCatalog("emojione", folder, (title, tree) => EmojiCaptions.Find(title, tree, strict))),
            "flickr8k" => Split(OfCatalog("flickr8k-1000", folder, (title, tree) => FlickrCaptions.Find(title, tree, strict))),
            "cifar10" => size is null or CifarSide
                ? OfClasses(ImageData.Load(name, train, test, seed: seed, folder: folder))
                : throw Require.OutOfRange(nameof(size), size, $"{CifarSide}, which CIFAR-10's pictures have"),
            _ when OwnData.Path(name, OwnData.Captions) is { } own => Split(FlickrCaptions.Find(Path.GetFileName(own), FileTree.Open(own), strict)),
            _ when OwnData.Path(name, OwnData.Folder) is { } own => OfClasses(OwnImages.Load(own, train, test, seed, size)),
            _ => throw new ArgumentException(
                $"There are no captioned pictures '{name}'. There are: {string.Join(", ", Names)}, captions:PATH and folder:PATH.", nameof(name)),
        };

        CaptionSplits Split(CaptionFiles files)
        {
            var (known, held) = files.Split(train, test, seed);
            var parts = files.Decode(size ?? PictureSide, strict, kept, ($"{files.Name} train", known), ($"{files.Name} test", held));
            return new CaptionSplits(parts[0], parts[1]);
        }
    }

    private static CaptionSplits OfScenes(int train, int test, int? size, long seed)
    {
        var options = new SceneOptions();
        options = options with { Size = size ?? options.Size };
        return new CaptionSplits(Scenes.Generate(train, seed, options).Captioned, Scenes.Generate(test, ~seed, options).Captioned);
    }

    private static CaptionSplits OfClasses((ImageSet Train, ImageSet Test) sets)
    {
        using (sets.Train)
        using (sets.Test)
        {
            using var train = InWords(sets.Train);
            var test = InWords(sets.Test);
            return new CaptionSplits(CaptionedImages.OfClasses(train, ClassTemplates), CaptionedImages.OfClasses(test, ClassTemplates), test);
        }

        static ImageSet InWords(ImageSet set) =>
            new(set.Name, set.Images.alias(), set.Labels.alias(), [.. set.ClassNames.Select(name => name.Replace('_', ' ').Trim())]);
    }

    private static CaptionFiles OfCatalog(string name, DataFolder? folder, Func<string, FileTree, CaptionFiles> find)
    {
        var entry = Catalog.Find(name);
        return find(entry.Title, FileTree.Open((folder ?? DataFolder.Default).Require(entry, entry.Files[0])));
    }
}
