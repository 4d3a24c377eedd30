using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>
/// Inverts all pixels at or above a threshold (BYOL, appendix B, for one image in five: <c>new RandomApply(0.2, new Solarize())</c>).
/// </summary>
/// <param name="threshold">In [0, 1]. The default is 0.5.</param>
/// <exception cref="ArgumentOutOfRangeException">The threshold is outside [0, 1].</exception>
public sealed class Solarize(double threshold = 0.5) : InPlaceAugmentation
{
    private readonly double _threshold = Require.Probability(threshold);

    /// <inheritdoc/>
    protected override void Change(Tensor images, Generator generator)
    {
        // x + m (1 − 2x) with the mask m of bright pixels.
        var bright = images.clone().ge_(_threshold);
        images.add_(bright.mul_(images.mul(-2).add_(1)));
    }
}
