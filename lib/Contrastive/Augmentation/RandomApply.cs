using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>Applies an augmentation to each image with a given probability, independently.</summary>
/// <param name="probability">From 0 (never) to 1 (always).</param>
/// <param name="augmentation">An augmentation that keeps the images' shape.</param>
/// <exception cref="ArgumentOutOfRangeException">The probability is outside [0, 1].</exception>
public sealed class RandomApply(double probability, IImageAugmentation augmentation) : InPlaceAugmentation
{
    private readonly double _probability = Require.Probability(probability);

    /// <inheritdoc/>
    protected override void Change(Tensor images, Generator generator)
    {
        var chosen = RandomDraw.Chosen(generator, images.size(0), _probability, images.device); // [K]
        if (chosen.size(0) == 0)
            return;
        var changed = ApplyToTemporary(augmentation, images.index_select(0, chosen), generator); // [K, C, H, W]
        if (!changed.shape.AsSpan(1).SequenceEqual(images.shape.AsSpan(1)))
            throw new ArgumentException(
                $"{augmentation.GetType().Name} turns images {TensorText.Shape(images.shape.AsSpan(1))} into {TensorText.Shape(changed.shape.AsSpan(1))}; "
                + "only an augmentation that keeps the shape can be applied to some images of a batch.");
        images.index_copy_(0, chosen, changed);
    }
}
