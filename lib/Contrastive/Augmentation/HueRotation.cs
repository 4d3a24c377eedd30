using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>Rotates the hue as in HSV, without converting to HSV and back.</summary>
internal static class HueRotation
{
    /// <summary>
    /// Rotates the hue of RGB images [K, 3, H, W] by <paramref name="turn"/> [K, 1, 1, 1] full circles. With the hue h in sixths of the
    /// circle, a channel with its own hue h₀ (red 0, green 2, blue 4) is min + (max − min) · clamp(||h − h₀| − 3| − 1, 0, 1).
    /// </summary>
    public static Tensor Turn(Tensor images, Tensor turn)
    {
        var (red, green, blue) = (images.narrow(1, 0, 1), images.narrow(1, 1, 1), images.narrow(1, 2, 1)); // [K, 1, H, W]
        var highest = red.maximum(green).maximum(blue);
        var lowest = red.minimum(green).minimum(blue);
        var chroma = highest.sub(lowest);

        // hue · chroma: g − b where red is highest, b − r + 2 chroma where green is, r − g + 4 chroma elsewhere.
        var isRed = red.clone().eq_(highest);
        var isGreen = green.clone().eq_(highest).sub_(isRed).clamp_(min: 0);
        var isBlue = isRed.add(isGreen).neg_().add_(1);
        var hue = green.sub(blue).mul_(isRed);
        hue.add_(blue.sub(red).add_(chroma, 2).mul_(isGreen));
        hue.add_(red.sub(green).add_(chroma, 4).mul_(isBlue));
        hue.div_(chroma.clamp(min: 1e-12)).add_(turn.mul(6)).remainder_(6);

        var ownHues = tensor([0f, 2f, 4f], dtype: images.dtype, device: images.device).view(1, 3, 1, 1);
        return hue.sub(ownHues).abs_().sub_(3).abs_().sub_(1).clamp_(0, 1).mul_(chroma).add_(lowest); // [K, 3, H, W]
    }
}
