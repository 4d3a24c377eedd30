using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>With a given probability, overwrites a random box of each image with one value (Zhong et al. 2020).</summary>
public sealed class RandomErasing : InPlaceAugmentation
{
    private readonly double _probability;
    private readonly (double Low, double High) _scale;
    private readonly (double Low, double High) _ratio;
    private readonly double _value;

    /// <summary>Creates the augmentation; by default as torchvision (the paper's largest share is 0.4).</summary>
    /// <param name="probability">The default is 0.5.</param>
    /// <param name="minScale">The smallest share of the image's area. The default is 0.02.</param>
    /// <param name="maxScale">The largest share. The default is 0.33.</param>
    /// <param name="minRatio">The smallest height / width. The default is 0.3.</param>
    /// <param name="maxRatio">The largest height / width. The default is 3.3.</param>
    /// <param name="value">The value that fills the box. The default is 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside [0, 1], or a range is empty or not positive.</exception>
    public RandomErasing(
        double probability = 0.5, double minScale = 0.02, double maxScale = 0.33, double minRatio = 0.3, double maxRatio = 3.3, double value = 0)
    {
        _probability = Require.Probability(probability);
        _scale = ImageBatch.Range(minScale, maxScale, 0, nameof(minScale));
        _ratio = ImageBatch.Range(minRatio, maxRatio, 0, nameof(minRatio));
        _value = value;
    }

    /// <inheritdoc/>
    protected override void Change(Tensor images, Generator generator)
    {
        var (boxes, erased) = Draw(generator, images.size(0), images.size(2), images.size(3));
        Erase(images, boxes.To(images), erased.to(images.device), _value);
    }

    /// <summary>The boxes and, for each image, whether it is erased (1) or not (0).</summary>
    internal (RandomBoxes Boxes, Tensor Erased) Draw(Generator generator, long count, long height, long width)
    {
        var (boxes, found) = RandomBoxes.Draw(generator, count, height, width, _scale, (1 / _ratio.High, 1 / _ratio.Low), fallback: (0, 0));
        return (boxes, found.mul_(RandomDraw.Unit(generator, count).lt(_probability)));
    }

    /// <summary>Fills the boxes where <paramref name="erased"/> [B] is 1, in place.</summary>
    internal static void Erase(Tensor images, RandomBoxes boxes, Tensor erased, double value)
    {
        var rows = Within(boxes.Top, boxes.Height, images.size(2)).unsqueeze(2); // [B, H, 1]
        var columns = Within(boxes.Left, boxes.Width, images.size(3)).mul_(erased.unsqueeze(1)).unsqueeze(1); // [B, 1, W]
        var box = rows.mul(columns).unsqueeze(1).to(images.dtype); // [B, 1, H, W]
        images.mul_(box.neg().add_(1));
        if (value != 0)
            images.add_(box, value);

        static Tensor Within(Tensor start, Tensor length, long side)
        {
            var pixels = arange(side, device: start.device, dtype: float32).sub(start.unsqueeze(1)); // [B, side]
            return pixels.ge(0).mul_(pixels.lt(length.unsqueeze(1))).to(float32);
        }
    }
}
