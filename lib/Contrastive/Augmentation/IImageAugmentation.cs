using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>A random change of a batch of images: one view that still shows the same thing.</summary>
public interface IImageAugmentation
{
    /// <summary>Changes each image with its own random parameters. The input images are unchanged; no gradient is recorded.</summary>
    /// <param name="images">Floats [B, C, H, W] in [0, 1], on any device.</param>
    /// <param name="generator">The source of randomness: the same state gives the same views. One on the CPU works for images on
    /// any device.</param>
    /// <returns>The changed images, on the device of <paramref name="images"/>.</returns>
    /// <exception cref="ArgumentException">The images are not a float tensor [B, C, H, W], or the batch is empty.</exception>
    Tensor Apply(Tensor images, Generator generator);
}
