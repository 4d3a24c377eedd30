using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>An augmentation that keeps the images' shape and can overwrite them, which saves a copy wherever the images are temporary.</summary>
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

    /// <summary>Overwrites checked images, in the caller's dispose scope.</summary>
    private protected abstract void Change(Tensor images, Generator generator);

    /// <summary>Applies an augmentation to images that the caller owns: in place if it can, otherwise into a new tensor.</summary>
    internal static Tensor ApplyToTemporary(IImageAugmentation augmentation, Tensor images, Generator generator)
    {
        if (augmentation is not InPlaceAugmentation inPlace)
            return augmentation.Apply(images, generator);
        inPlace.Change(images, generator);
        return images;
    }
}
