using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>Converts each image to gray, in three equal channels, with a given probability. Gray images are unchanged.</summary>
/// <param name="probability">The default is SimCLR's 0.2.</param>
/// <exception cref="ArgumentOutOfRangeException">The probability is outside [0, 1].</exception>
public sealed class RandomGrayscale(double probability = 0.2) : InPlaceAugmentation
{
    private readonly double _probability = Require.Probability(probability);

    /// <inheritdoc/>
    protected override void Change(Tensor images, Generator generator)
    {
        ImageBatch.CheckColor(images);
        Gray(images, RandomDraw.Chosen(generator, images.size(0), _probability, images.device));
    }

    /// <summary>Turns the chosen images [K] gray in place.</summary>
    internal static void Gray(Tensor images, Tensor chosen)
    {
        if (chosen.size(0) > 0 && images.size(1) == 3)
            images.index_copy_(0, chosen, Luma.Of(images.index_select(0, chosen)).expand(-1, 3, -1, -1));
    }
}
