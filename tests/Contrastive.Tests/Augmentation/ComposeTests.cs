using Contrastive.Augmentation;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Augmentation;

public sealed class ComposeTests
{
    [Fact]
    public void Equals_its_steps_one_after_the_other_from_one_generator()
    {
        using var scope = NewDisposeScope();
        var images = AugmentationTests.Images(10, 3, 12, 12);
        IImageAugmentation[] steps = [new RandomResizedCrop(9), ColorJitter.Strength(1), new RandomPatch(8), new RandomGrayscale(), new GaussianBlur(3)];
        var generator = new Generator(1);
        var expected = steps.Aggregate(images, (view, step) => step.Apply(view, generator));
        Assert.True(expected.equal(new Compose(steps).Apply(images, new Generator(1))).all().item<bool>());
    }

    [Fact]
    public void An_augmentation_is_applied_to_as_many_images_as_said_and_to_each_for_itself()
    {
        using var scope = NewDisposeScope();
        var images = zeros(10_000, 1, 1, 1);
        var changed = new RandomApply(0.3, new Solarize(0)).Apply(images, new Generator(2)).flatten();
        Assert.InRange(changed.sum().item<float>(), 2770, 3230);
        Assert.Equal(0, new RandomApply(0, new Solarize(0)).Apply(images, new Generator(2)).sum().item<float>());
        Assert.Equal(10_000, new RandomApply(1, new Solarize(0)).Apply(images, new Generator(2)).sum().item<float>());
        // Neighbors are independent: both change in 9 of 100 pairs.
        Assert.InRange((changed[..5000] * changed[5000..]).sum().item<float>(), 345, 555);
    }

    [Fact]
    public void Two_views_of_an_image_are_drawn_independently()
    {
        using var scope = NewDisposeScope();
        var images = zeros(10_000, 1, 1, 1);
        var (view1, view2) = new TwoViews(new RandomApply(0.5, new Solarize(0))).Apply(images, new Generator(3));
        Assert.InRange((view1 * view2).sum().item<float>(), 2280, 2720);
        var (first, second) = new TwoViews(new Solarize(0), new RandomApply(0, new Solarize(0))).Apply(images, new Generator(3));
        Assert.Equal((10_000, 0), (first.sum().item<float>(), second.sum().item<float>()));
    }

    [Fact]
    public void Presets_hold_the_papers_steps_and_leave_out_what_never_happens()
    {
        Assert.Equal(
            "RandomResizedCrop → RandomHorizontalFlip → RandomApply → RandomGrayscale → RandomApply", SimClrAugmentation.ImageNet().Create().ToString());
        Assert.Equal("RandomResizedCrop → RandomHorizontalFlip → RandomApply → RandomGrayscale", SimClrAugmentation.Cifar().Create().ToString());
        var bare = SimClrAugmentation.Cifar().WithoutColorDistortion() with { Normalize = new Normalize([0.5], [0.5]) };
        Assert.Equal("RandomResizedCrop → RandomHorizontalFlip → Normalize", bare.Create().ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => (SimClrAugmentation.Cifar() with { JitterStrength = -1 }).Create());
    }

    [Fact]
    public void Without_color_distortion_flat_colors_survive()
    {
        using var scope = NewDisposeScope();
        var flat = rand([50, 3, 1, 1], generator: new Generator(4)).expand(50, 3, 32, 32);
        var preset = SimClrAugmentation.Cifar();
        Assert.True(preset.WithoutColorDistortion().Create().Apply(flat, new Generator(5)).allclose(flat, 1e-4, 1e-5));
        Assert.False(preset.Create().Apply(flat, new Generator(5)).allclose(flat, 0.05, 0.05));
    }
}
