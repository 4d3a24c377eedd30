using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>What every augmentation requires of its images and options.</summary>
internal static class ImageBatch
{
    public static void Check(Tensor images, Generator generator)
    {
        Require.Shape(images, "float [B, C, H, W]", "in [0, 1]: divide uint8 by 255 (a set's Batch does), add a missing dimension with unsqueeze");
        ArgumentNullException.ThrowIfNull(generator);
    }

    /// <summary>Color augmentations support gray and RGB images.</summary>
    public static void CheckColor(Tensor images)
    {
        if (images.size(1) is not (1 or 3))
            throw new ArgumentException($"Expected gray (1 channel) or RGB (3 channels) images, got {images.size(1)} channels.", nameof(images));
    }

    public static (double Low, double High) Range(double low, double high, double above, string name) => low > above && low <= high && double.IsFinite(high)
        ? (low, high)
        : throw Require.OutOfRange(name, low, FormattableString.Invariant($"a range with {above} < low <= high, from {name} to {high}"));
}
