using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>Mirrors each image left to right with a given probability.</summary>
/// <param name="probability">The default is 0.5.</param>
/// <exception cref="ArgumentOutOfRangeException">The probability is outside [0, 1].</exception>
public sealed class RandomHorizontalFlip(double probability = 0.5) : InPlaceAugmentation
{
    private readonly double _probability = Require.Probability(probability);

    /// <inheritdoc/>
    protected override void Change(Tensor images, Generator generator) =>
        Flip(images, RandomDraw.Chosen(generator, images.size(0), _probability, images.device));

    /// <summary>Mirrors the chosen images [K] in place.</summary>
    internal static void Flip(Tensor images, Tensor chosen)
    {
        if (chosen.size(0) > 0)
            images.index_copy_(0, chosen, images.index_select(0, chosen).flip(3));
    }
}
