using Contrastive.Augmentation;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Augmentation;

/// <summary>What holds for every augmentation.</summary>
public sealed class AugmentationTests
{
    public static IEnumerable<TheoryDataRow<string>> Names => All.Keys.Select(name => new TheoryDataRow<string>(name));

    private static Dictionary<string, IImageAugmentation> All => new()
    {
        ["crop"] = new RandomResizedCrop(16),
        ["reducing crop"] = new RandomResizedCrop(7),
        ["flip"] = new RandomHorizontalFlip(),
        ["jitter"] = ColorJitter.Strength(0.5),
        ["gray"] = new RandomGrayscale(0.5),
        ["blur"] = new GaussianBlur(5),
        ["solarize"] = new Solarize(),
        ["erase"] = new RandomErasing(),
        ["patch"] = new RandomPatch(9),
        ["normalize"] = new Normalize([0.5, 0.4, 0.3], [0.2, 0.3, 0.4]),
        ["apply"] = new RandomApply(0.5, new Solarize(0.3)),
        ["simclr"] = SimClrAugmentation.ImageNet(16).Create(),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_generator_state_gives_the_same_views_and_another_gives_others(string name)
    {
        using var scope = NewDisposeScope();
        var images = Images(32, 3, 16, 16);
        var augmentation = All[name];
        var first = augmentation.Apply(images, new Generator(5));
        Assert.True(first.equal(augmentation.Apply(images, new Generator(5))).all().item<bool>());
        if (name is not ("solarize" or "normalize"))
            Assert.False(first.equal(augmentation.Apply(images, new Generator(6))).all().item<bool>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_given_images_stay_and_only_the_result_outlives_the_call(string name)
    {
        using var scope = NewDisposeScope();
        var images = Images(8, 3, 16, 16);
        var before = images.clone();
        var generator = new Generator(1);
        var alive = scope.DisposablesCount;
        var view = All[name].Apply(images, generator);
        Assert.Equal(alive + 1, scope.DisposablesCount);
        Assert.NotEqual(images.Handle, view.Handle);
        Assert.True(images.equal(before).all().item<bool>());
        Assert.False(view.requires_grad);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Views_keep_batch_channels_and_type_and_stay_within_0_and_1(string name)
    {
        using var scope = NewDisposeScope();
        foreach (var type in new[] { float32, float64 })
        {
            var view = All[name].Apply(Images(6, 3, 16, 16).to(type), new Generator(2));
            var size = All[name] switch { RandomResizedCrop crop => crop.Size, RandomPatch => 9, _ => 16 };
            Assert.Equal([6, 3, size, size], view.shape);
            Assert.Equal(type, view.dtype);
            if (name != "normalize")
                Assert.True(view.ge(-1e-6).logical_and(view.le(1 + 1e-6)).all().item<bool>());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gray_images_and_single_images_are_images_too(string name)
    {
        using var scope = NewDisposeScope();
        if (name != "normalize")
            Assert.Equal(1, All[name].Apply(Images(4, 1, 16, 16), new Generator(3)).size(1));
        Assert.Equal(1, All[name].Apply(Images(1, 3, 16, 16), new Generator(3)).size(0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Channels_last_images_give_the_same_views(string name)
    {
        using var scope = NewDisposeScope();
        var images = Images(4, 3, 16, 16);
        var channelsLast = images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        var expected = All[name].Apply(images, new Generator(4));
        Assert.True(expected.allclose(All[name].Apply(channelsLast, new Generator(4)), 1e-5, 1e-6));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bytes_a_missing_dimension_an_empty_batch_and_nothing_are_refused(string name)
    {
        using var scope = NewDisposeScope();
        var generator = new Generator(1);
        var augmentation = All[name];
        Assert.Contains("divide uint8 by 255", Assert.Throws<ArgumentException>(() => augmentation.Apply(Images(2, 3, 16, 16).to(uint8), generator)).Message, StringComparison.Ordinal);
        Assert.Contains("[3, 16, 16]", Assert.Throws<ArgumentException>(() => augmentation.Apply(Images(2, 3, 16, 16)[0], generator)).Message, StringComparison.Ordinal);
        Assert.Contains("[0, 3, 16, 16]", Assert.Throws<ArgumentException>(() => augmentation.Apply(zeros(0, 3, 16, 16), generator)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => augmentation.Apply(null!, generator));
        Assert.Throws<ArgumentNullException>(() => augmentation.Apply(Images(2, 3, 16, 16), null!));
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        Assert.Equal("probability", Assert.Throws<ArgumentOutOfRangeException>(() => new RandomHorizontalFlip(1.1)).ParamName);
        Assert.Equal("probability", Assert.Throws<ArgumentOutOfRangeException>(() => new RandomGrayscale(-0.1)).ParamName);
        Assert.Equal("probability", Assert.Throws<ArgumentOutOfRangeException>(() => new RandomApply(double.NaN, new Solarize())).ParamName);
        Assert.Equal("probability", Assert.Throws<ArgumentOutOfRangeException>(() => new RandomErasing(2)).ParamName);
        Assert.Equal("size", Assert.Throws<ArgumentOutOfRangeException>(() => new RandomResizedCrop(0)).ParamName);
        Assert.Equal("minScale", Assert.Throws<ArgumentOutOfRangeException>(() => new RandomResizedCrop(8, minScale: 0)).ParamName);
        Assert.Equal("maxScale", Assert.Throws<ArgumentOutOfRangeException>(() => new RandomResizedCrop(8, maxScale: 1.5)).ParamName);
        Assert.Equal("minRatio", Assert.Throws<ArgumentOutOfRangeException>(() => new RandomResizedCrop(8, minRatio: 2)).ParamName);
        Assert.Equal("hue", Assert.Throws<ArgumentOutOfRangeException>(() => new ColorJitter(hue: 0.6)).ParamName);
        Assert.Equal("contrast", Assert.Throws<ArgumentOutOfRangeException>(() => new ColorJitter(contrast: -1)).ParamName);
        Assert.Equal("kernelSize", Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianBlur(4)).ParamName);
        Assert.Equal("minSigma", Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianBlur(minSigma: 0)).ParamName);
        Assert.Equal("threshold", Assert.Throws<ArgumentOutOfRangeException>(() => new Solarize(1.5)).ParamName);
        Assert.Equal("size", Assert.Throws<ArgumentOutOfRangeException>(() => new RandomPatch(0)).ParamName);
        Assert.Equal("augmentations", Assert.Throws<ArgumentException>(() => new Compose()).ParamName);
    }

    [Fact]
    public void Images_that_do_not_suit_an_augmentation_are_refused()
    {
        using var scope = NewDisposeScope();
        var generator = new Generator(1);
        Assert.Contains("2 channels", Assert.Throws<ArgumentException>(() => ColorJitter.Strength(1).Apply(rand(2, 2, 8, 8), generator)).Message, StringComparison.Ordinal);
        Assert.Contains("2 channels", Assert.Throws<ArgumentException>(() => new RandomGrayscale().Apply(rand(2, 2, 8, 8), generator)).Message, StringComparison.Ordinal);
        Assert.Contains("does not fit", Assert.Throws<ArgumentException>(() => new RandomPatch(9).Apply(rand(2, 3, 8, 16), generator)).Message, StringComparison.Ordinal);
        Assert.Contains("mirror", Assert.Throws<ArgumentException>(() => new GaussianBlur(9).Apply(rand(2, 3, 4, 4), generator)).Message, StringComparison.Ordinal);
        Assert.Contains("keeps the shape", Assert.Throws<ArgumentException>(() => new RandomApply(1, new RandomPatch(4)).Apply(rand(2, 3, 8, 8), generator)).Message, StringComparison.Ordinal);
    }

    internal static Tensor Images(params long[] shape) => rand(shape, generator: new Generator(99));
}
