using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>What every augmentation asks of its images and its options.</summary>
internal static class ImageBatch
{
    public static void Check(Tensor images, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(generator);
        if (!images.is_floating_point())
            throw new ArgumentException(
                $"Expected floating-point images in [0, 1], got {images.dtype}; convert with images.to(float32) / 255 (a set's Batch does).", nameof(images));
        if (images.dim() != 4)
            throw new ArgumentException(
                $"Expected images [B, C, H, W], got [{string.Join(", ", images.shape)}]; add the missing dimension with unsqueeze.", nameof(images));
        if (images.numel() == 0)
            throw new ArgumentException($"There is nothing to augment in images of shape [{string.Join(", ", images.shape)}].", nameof(images));
    }

    /// <summary>Augmentations of color know two kinds of images.</summary>
    public static void CheckColor(Tensor images)
    {
        if (images.size(1) is not (1 or 3))
            throw new ArgumentException($"Expected gray (1 channel) or RGB (3 channels) images, got {images.size(1)} channels.", nameof(images));
    }

    public static double Probability(double value, string name) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Expected a probability, from 0 (never) to 1 (always).");

    public static (double Low, double High) Range(double low, double high, double above, string name) => low > above && low <= high && double.IsFinite(high)
        ? (low, high)
        : throw new ArgumentOutOfRangeException(name, (low, high), FormattableString.Invariant($"Expected a range from low to high with {above} < low <= high."));
}
