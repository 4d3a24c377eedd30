using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>One box of whole pixels per image; each a float32 tensor [B].</summary>
internal sealed record RandomBoxes(Tensor Top, Tensor Left, Tensor Height, Tensor Width)
{
    /// <summary>The number of draws in search of a box that fits, as in torchvision.</summary>
    private const int Tries = 10;

    /// <summary>
    /// Draws boxes whose area is a uniform share of the image and whose width / height is log-uniform; the first of ten that fits is
    /// taken and placed uniformly. If none fits, <c>Found</c> is 0 and the box is the fallback.
    /// </summary>
    public static (RandomBoxes Boxes, Tensor Found) Draw(
        Generator generator, long count, long height, long width, (double Low, double High) scale, (double Low, double High) ratio, (long Height, long Width) fallback)
    {
        var area = RandomDraw.Uniform(generator, scale.Low, scale.High, count, Tries).mul_(height * width); // [B, 10]
        var aspect = RandomDraw.Uniform(generator, Math.Log(ratio.Low), Math.Log(ratio.High), count, Tries).exp_();
        var widths = area.mul(aspect).sqrt_().round_();
        var heights = area.div_(aspect).sqrt_().round_();
        var fits = widths.ge(1).mul_(widths.le(width)).mul_(heights.ge(1)).mul_(heights.le(height)).to(float32);
        var first = fits.argmax(1, keepdim: true); // [B, 1], the first of equal ones
        var found = fits.gather(1, first).squeeze(1); // [B]
        var place = RandomDraw.Unit(generator, 2, count);

        var boxHeight = Chosen(heights, fallback.Height);
        var boxWidth = Chosen(widths, fallback.Width);
        return (new RandomBoxes(
            Placed(0, boxHeight, height), Placed(1, boxWidth, width), boxHeight, boxWidth), found);

        Tensor Chosen(Tensor values, double otherwise) =>
            values.gather(1, first).squeeze(1).sub_(otherwise).mul_(found).add_(otherwise);

        // Uniform among the positions where the box fits; a fallback box is centered.
        Tensor Placed(int axis, Tensor length, long side)
        {
            var room = length.neg().add_(side);
            var random = room.add(1).mul_(place[axis]).floor_();
            var middle = room.div(2).floor_();
            return random.sub_(middle).mul_(found).add_(middle).minimum(room);
        }
    }

    public RandomBoxes To(Tensor images) => new(
        Top.to(images.device), Left.to(images.device), Height.to(images.device), Width.to(images.device));
}
