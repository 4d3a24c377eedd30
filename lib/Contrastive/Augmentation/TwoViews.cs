using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>Makes the positive pairs of self-supervised learning: two independent views of each image (SimCLR, section 2.1).</summary>
/// <param name="first">Makes the first view.</param>
/// <param name="second">Makes the second view; the default is the same augmentation with new draws.</param>
public sealed class TwoViews(IImageAugmentation first, IImageAugmentation? second = null)
{
    private readonly IImageAugmentation _second = second ?? first;

    /// <summary>Draws both views of each image.</summary>
    /// <param name="images">Floats [B, C, H, W] in [0, 1].</param>
    /// <param name="generator">The source of randomness.</param>
    /// <returns>Two batches; row i of both shows image i.</returns>
    /// <exception cref="ArgumentException">The images are not a float tensor [B, C, H, W], or the batch is empty.</exception>
    public (Tensor View1, Tensor View2) Apply(Tensor images, Generator generator) =>
        (first.Apply(images, generator), _second.Apply(images, generator));
}
