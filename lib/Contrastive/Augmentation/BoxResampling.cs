using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>Resizes one box of each image to a common square, as if the box were cut out and passed to <c>interpolate(antialias: true)</c>.</summary>
internal static class BoxResampling
{
    /// <summary>[B, C, H, W] and boxes [B] → [B, C, size, size].</summary>
    public static Tensor Resize(Tensor images, RandomBoxes boxes, int size) =>
        // Nothing is downscaled: the antialiasing filter reduces to plain bilinear interpolation.
        size >= images.size(2) && size >= images.size(3) ? Interpolate(images, boxes, size) : Filter(images, boxes, size);

    /// <summary>Bilinear interpolation between the four neighbors inside the box.</summary>
    internal static Tensor Interpolate(Tensor images, RandomBoxes boxes, int size)
    {
        var x = Coordinates(boxes.Left, boxes.Width, images.size(3)).unsqueeze(1).expand(-1, size, -1); // [B, size, size]
        var y = Coordinates(boxes.Top, boxes.Height, images.size(2)).unsqueeze(2).expand(-1, -1, size);
        var grid = stack([x, y], dim: 3).to(images.dtype); // [B, size, size, 2]
        return nn.functional.grid_sample(images, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: false);

        // Pixel centers of the result in the image's pixels, kept within the box, then scaled to grid_sample's [−1, 1].
        Tensor Coordinates(Tensor start, Tensor length, long side)
        {
            var centers = arange(size, device: images.device, dtype: float32).add_(0.5).div_(size).unsqueeze(0); // [1, size]
            var last = length.sub(1).unsqueeze(1);
            var inBox = centers.mul(length.unsqueeze(1)).sub_(0.5).clamp_(min: 0).minimum(last); // [B, size]
            return inBox.add_(start.unsqueeze(1)).add_(0.5).mul_(2.0 / side).sub_(1);
        }
    }

    /// <summary>Two matrix products per image with the triangle filter, as wide as the downscaling requires.</summary>
    internal static Tensor Filter(Tensor images, RandomBoxes boxes, int size)
    {
        var (count, channels, height, width) = (images.size(0), images.size(1), images.size(2), images.size(3));
        var columns = Weights(boxes.Left, boxes.Width, width).transpose(1, 2); // [B, W, size]
        var rows = Weights(boxes.Top, boxes.Height, height); // [B, size, H]
        var narrow = images.reshape(count, channels * height, width).bmm(columns); // [B, C · H, size]
        return rows.unsqueeze(1).matmul(narrow.view(count, channels, height, size)); // [B, C, size, size]

        Tensor Weights(Tensor start, Tensor length, long side)
        {
            var step = length.div(size).view(-1, 1, 1); // [B, 1, 1]
            var centers = arange(size, device: images.device, dtype: float32).add_(0.5).view(1, -1, 1).mul(step); // [B, size, 1]
            var pixels = arange(side, device: images.device, dtype: float32).sub(start.unsqueeze(1)); // [B, side], counted from the box
            var inside = pixels.ge(0).mul_(pixels.lt(length.unsqueeze(1))).to(float32).unsqueeze(1); // [B, 1, side]
            var weights = pixels.add_(0.5).unsqueeze(1).sub(centers).abs_().div_(step.clamp(min: 1)).neg_().add_(1).clamp_(min: 0).mul_(inside);
            return weights.div_(weights.sum(2, keepdim: true)).to(images.dtype); // [B, size, side]
        }
    }
}
