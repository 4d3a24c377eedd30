using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>
/// Changes brightness, contrast, saturation and hue of each image by random amounts in random order (SimCLR, appendix A, for four
/// images in five: <c>new RandomApply(0.8, ColorJitter.Strength(1))</c>). Each change is torchvision's. In a gray image only
/// brightness and contrast change.
/// </summary>
public sealed class ColorJitter : InPlaceAugmentation
{
    private readonly double[] _reach;
    private readonly double _hue;

    /// <summary>Creates a jitter. A factor is drawn from [max(0, 1 − reach), 1 + reach].</summary>
    /// <param name="brightness">The reach of the factor on all channels.</param>
    /// <param name="contrast">The reach of the factor on the distance from the image's mean gray.</param>
    /// <param name="saturation">The reach of the factor on the distance from each pixel's gray.</param>
    /// <param name="hue">The largest hue rotation, in full circles, at most 0.5.</param>
    /// <exception cref="ArgumentOutOfRangeException">A reach is negative or not finite, or the hue's is above 0.5.</exception>
    public ColorJitter(double brightness = 0, double contrast = 0, double saturation = 0, double hue = 0)
    {
        _reach = [Reach(brightness, nameof(brightness)), Reach(contrast, nameof(contrast)), Reach(saturation, nameof(saturation))];
        _hue = Reach(hue, nameof(hue), 0.5);
    }

    /// <summary>SimCLR's jitter of strength s: brightness, contrast and saturation 0.8 s, hue 0.2 s. The paper uses 1 for ImageNet and 0.5 for CIFAR-10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The strength is negative, or above 2.5.</exception>
    public static ColorJitter Strength(double strength) => new(0.8 * strength, 0.8 * strength, 0.8 * strength, 0.2 * strength);

    /// <inheritdoc/>
    protected override void Change(Tensor images, Generator generator)
    {
        ImageBatch.CheckColor(images);
        ColorAdjustment.Apply(images, Draw(generator, images.size(0)));
    }

    /// <summary>The parameters of a batch, on the generator's device.</summary>
    internal ColorAdjustment Draw(Generator generator, long count)
    {
        var random = RandomDraw.Unit(generator, 4, count).sub_(0.5).mul_(2); // [4, B]
        var factors = stack([.. _reach.Select((reach, kind) => Between(random[kind], Math.Max(0, 1 - reach), 1 + reach))], dim: 1); // [B, 3]
        return new ColorAdjustment(factors, random[3].mul(_hue), Order: RandomDraw.Unit(generator, count, 4).argsort(1));

        static Tensor Between(Tensor plusMinusOne, double low, double high) => plusMinusOne.mul((high - low) / 2).add_((high + low) / 2);
    }

    private static double Reach(double value, string name, double highest = double.MaxValue) => value >= 0 && value <= highest
        ? value
        : throw Require.OutOfRange(name, value, highest == 0.5 ? "0 (no change) to 0.5 (any hue)" : "0 (no change) or more");
}
