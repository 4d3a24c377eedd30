using Contrastive.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>
/// Blurs each image with a Gaussian of random width (SimCLR, appendix A, for half of the images:
/// <c>new RandomApply(0.5, new GaussianBlur())</c>). Edges are mirrored.
/// </summary>
public sealed class GaussianBlur : InPlaceAugmentation
{
    private readonly int? _kernelSize;
    private readonly (double Low, double High) _sigma;

    /// <summary>Creates a blur.</summary>
    /// <param name="kernelSize">Odd, in pixels. The default is the paper's tenth of the image's smaller side, at least 3.</param>
    /// <param name="minSigma">The default is the paper's 0.1 pixels.</param>
    /// <param name="maxSigma">The default is the paper's 2 pixels.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kernel size is not odd and positive, or the range is empty or not
    /// positive.</exception>
    public GaussianBlur(int? kernelSize = null, double minSigma = 0.1, double maxSigma = 2)
    {
        if (kernelSize is < 1 || kernelSize % 2 == 0)
            throw Require.OutOfRange(nameof(kernelSize), kernelSize, "an odd number of pixels, so that the kernel has a center");
        _kernelSize = kernelSize;
        _sigma = ImageBatch.Range(minSigma, maxSigma, 0, nameof(minSigma));
    }

    /// <inheritdoc/>
    protected override void Change(Tensor images, Generator generator)
    {
        var smallerSide = Math.Min(images.size(2), images.size(3));
        var radius = _kernelSize / 2 ?? Math.Max(1, smallerSide / 20);
        if (radius >= smallerSide)
            throw new ArgumentException(
                $"A kernel of {2 * radius + 1} pixels needs images of at least {radius + 1} pixels to mirror at the edges, got {images.size(2)} × {images.size(3)}.", nameof(images));
        var sigma = RandomDraw.Uniform(generator, _sigma.Low, _sigma.High, images.size(0)).to(images.dtype, images.device);
        images.copy_(Blur(images, sigma, radius));
    }

    /// <summary>Blurs by the given widths [B] with 2 · radius + 1 taps along each axis.</summary>
    internal static Tensor Blur(Tensor images, Tensor sigma, long radius)
    {
        var offsets = arange(0, radius + 1, device: images.device, dtype: images.dtype).view(-1, 1); // [R + 1, 1]
        var taps = offsets.div(sigma).square().mul_(-0.5).exp_(); // [R + 1, B]
        taps.div_(taps.sum(dim: 0).mul_(2).sub_(taps[0]));
        var padded = nn.functional.pad(images, [radius, radius, radius, radius], PaddingModes.Reflect);
        return Along(2, Along(3, padded));

        Tensor Along(int dimension, Tensor source)
        {
            var length = images.size(dimension);
            var sum = source.narrow(dimension, radius, length) * Tap(0);
            for (var offset = 1L; offset <= radius; offset++)
            {
                using var pair = source.narrow(dimension, radius - offset, length).add(source.narrow(dimension, radius + offset, length));
                sum.addcmul_(pair, Tap(offset), 1);
            }

            return sum;
        }

        Tensor Tap(long offset) => taps[offset].view(-1, 1, 1, 1); // [B, 1, 1, 1]
    }
}
