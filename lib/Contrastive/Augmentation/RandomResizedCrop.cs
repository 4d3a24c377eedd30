using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>
/// Cuts a random box out of each image and resizes it, antialiased, to a square (SimCLR, appendix A; the procedure is torchvision's:
/// up to ten draws of area and aspect ratio, then a center crop).
/// </summary>
public sealed class RandomResizedCrop : IImageAugmentation
{
    private readonly (double Low, double High) _scale;
    private readonly (double Low, double High) _ratio;

    /// <summary>Creates a crop.</summary>
    /// <param name="size">Height and width of the views in pixels.</param>
    /// <param name="minScale">The smallest share of the image's area. The default is the paper's 0.08.</param>
    /// <param name="maxScale">The largest share. The default is 1.</param>
    /// <param name="minRatio">The smallest width / height. The default is 3/4.</param>
    /// <param name="maxRatio">The largest width / height. The default is 4/3.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is not positive, or a range is empty, not positive, or
    /// exceeds the image.</exception>
    public RandomResizedCrop(int size, double minScale = 0.08, double maxScale = 1, double minRatio = 3.0 / 4, double maxRatio = 4.0 / 3)
    {
        Require.AtLeast(size, 1);
        if (maxScale > 1)
            throw Require.OutOfRange(nameof(maxScale), maxScale, "at most 1: a crop cannot exceed the image");
        Size = size;
        _scale = ImageBatch.Range(minScale, maxScale, 0, nameof(minScale));
        _ratio = ImageBatch.Range(minRatio, maxRatio, 0, nameof(minRatio));
    }

    /// <summary>Height and width of the views in pixels.</summary>
    public int Size { get; }

    /// <inheritdoc/>
    public Tensor Apply(Tensor images, Generator generator)
    {
        ImageBatch.Check(images, generator);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var boxes = Draw(generator, images.size(0), images.size(2), images.size(3));
        return BoxResampling.Resize(images, boxes.To(images), Size).MoveToOuterDisposeScope();
    }

    internal RandomBoxes Draw(Generator generator, long count, long height, long width)
    {
        // If no box fits, the largest centered one whose ratio is allowed.
        var ratio = (double)width / height;
        var fallback = ratio < _ratio.Low ? (Round(width / _ratio.Low), width)
            : ratio > _ratio.High ? (height, Round(height * _ratio.High))
            : (height, width);
        return RandomBoxes.Draw(generator, count, height, width, _scale, _ratio, fallback).Boxes;

        static long Round(double value) => (long)Math.Round(value, MidpointRounding.ToEven);
    }
}
