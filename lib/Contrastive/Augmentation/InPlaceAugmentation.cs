using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>
/// An augmentation that keeps the images' shape and can overwrite them, which saves a copy wherever the images are temporary: in
/// <see cref="Compose"/> from the second step on.
/// </summary>
/// <remarks>
/// One's own derives from this class and overrides <see cref="Change"/>:
/// <code>
/// sealed class Brightness(double strength) : InPlaceAugmentation
/// {
///     protected override void Change(Tensor images, Generator generator)
///     {
///         var factor = rand(images.size(0), 1, 1, 1, generator: generator).sub_(0.5).mul_(2 * strength).add_(1); // [B, 1, 1, 1]
///         images.mul_(factor.to(images.device)).clamp_(0, 1);
///     }
/// }
/// </code>
/// </remarks>
public abstract class InPlaceAugmentation : IImageAugmentation
{
    /// <inheritdoc/>
    public Tensor Apply(Tensor images, Generator generator)
    {
        ImageBatch.Check(images, generator);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var result = images.clone();
        Change(result, generator);
        return result.MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Overwrites the images by in-place operations (<c>mul_</c>, <c>copy_</c>, <c>index_copy_</c>), which keep their shape, type and
    /// device. Temporaries may be left to the caller, which disposes them and has switched gradients off.
    /// </summary>
    /// <param name="images">float <c>[B, C, H, W]</c>, checked, the caller's own copy; in [0, 1] unless normalized before.</param>
    /// <param name="generator">The source of everything random, drawn for each image on its own. It is on the CPU, wherever the images
    /// are: draw there, then move.</param>
    protected abstract void Change(Tensor images, Generator generator);

    /// <summary>Applies an augmentation to images that the caller owns: in place if it can, otherwise into a new tensor.</summary>
    internal static Tensor ApplyToTemporary(IImageAugmentation augmentation, Tensor images, Generator generator)
    {
        if (augmentation is not InPlaceAugmentation inPlace)
            return augmentation.Apply(images, generator);
        inPlace.Change(images, generator);
        return images;
    }
}
