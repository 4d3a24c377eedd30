using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>A random change of a batch of images: one view that still shows the same thing.</summary>
public interface IImageAugmentation
{
    /// <summary>Changes each image by parameters of its own. The given images stay as they are; no gradient is recorded.</summary>
    /// <param name="images">Floats [B, C, H, W] in [0, 1], on any device.</param>
    /// <param name="generator">Where the parameters are drawn: the same state gives the same views. One on the CPU serves images on any device.</param>
    /// <returns>The changed images, on the device of <paramref name="images"/>.</returns>
    /// <exception cref="ArgumentException">The images are no float tensor [B, C, H, W], or there is none.</exception>
    Tensor Apply(Tensor images, Generator generator);
}
