using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>The color changes of one batch.</summary>
/// <param name="Factors">The factors of brightness, contrast and saturation, float32 [B, 3].</param>
/// <param name="Hue">The hue rotation in full circles, float32 [B].</param>
/// <param name="Order">Each row a permutation of brightness 0, contrast 1, saturation 2, hue 3, in order of
/// application; int64 [B, 4].</param>
internal sealed record ColorAdjustment(Tensor Factors, Tensor Hue, Tensor Order)
{
    private const int HueKind = 3;

    /// <summary>
    /// Changes the images in place. Brightness, contrast and saturation are all of the form a · x + b · gray(x) + c · mean(gray(x)),
    /// so that one pass applies a different one to each image; three such passes apply all of them, and the images whose hue is due are
    /// handled separately before, between or after these passes.
    /// </summary>
    public static void Apply(Tensor images, ColorAdjustment adjustment)
    {
        var colored = images.size(1) == 3;
        var rank = adjustment.Order.argsort(1); // [B, 4]: when each kind is due
        var hueRank = rank[.., HueKind]; // [B]
        var rankAmongOthers = rank[.., ..HueKind].sub(rank[.., ..HueKind].gt(hueRank.unsqueeze(1)).to(int64)); // [B, 3]
        var coefficients = adjustment.Coefficients(rankAmongOthers, colored).to(images.dtype, images.device);
        for (var step = 0; step <= HueKind; step++)
        {
            using var scope = NewDisposeScope();
            if (colored)
                TurnHue(images, hueRank.eq(step).nonzero().squeeze(1), adjustment.Hue);
            if (step < HueKind)
                Blend(images, coefficients[step]);
        }
    }

    /// <summary>Per step, the factors of the image, of its gray and of its mean gray: [3 steps, 3 terms, B, 1, 1, 1].</summary>
    private Tensor Coefficients(Tensor rank, bool colored)
    {
        var due = rank.unsqueeze(0).eq(arange(3, device: rank.device, dtype: int64).view(3, 1, 1)).to(float32); // [3 steps, B, 3 kinds]
        var factors = Factors.clone();
        if (!colored)
            factors[.., 2].fill_(1);
        var rest = factors.neg().add_(1); // [B, 3]
        var ofImage = due.mul(factors).sum(dim: 2); // [3, B]
        var ofGray = due[.., .., 2] * rest[.., 2];
        var ofMean = due[.., .., 1] * rest[.., 1];
        return stack([ofImage, ofGray, ofMean], dim: 1).view(3, 3, -1, 1, 1, 1);
    }

    private static void Blend(Tensor images, Tensor coefficients)
    {
        var gray = Luma.Of(images); // [B, 1, H, W]
        var mean = gray.mean([1, 2, 3], keepdim: true); // [B, 1, 1, 1]
        gray.mul_(coefficients[1]).add_(mean.mul_(coefficients[2]));
        images.mul_(coefficients[0]).add_(gray).clamp_(0, 1);
    }

    private static void TurnHue(Tensor images, Tensor due, Tensor turns)
    {
        if (due.size(0) == 0)
            return;
        var turn = turns.index_select(0, due).to(images.dtype, images.device).view(-1, 1, 1, 1); // [K, 1, 1, 1]
        var onDevice = due.to(images.device);
        images.index_copy_(0, onDevice, HueRotation.Turn(images.index_select(0, onDevice), turn));
    }
}
