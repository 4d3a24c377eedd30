using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Display;

/// <summary>Images as displayable pixels.</summary>
internal static class Tiles
{
    /// <summary>Antialiasing may overshoot [0, 1] by this much; more means that the images were normalized.</summary>
    private const double Tolerance = 0.05;

    /// <summary>Images as uint8 <c>[B, H, W, 4]</c> on the CPU, opaque.</summary>
    public static Tensor Of(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.dim() != 4 || images.size(0) == 0 || images.size(1) is not (1 or 3))
            throw new ArgumentException($"The images are {TensorText.Describe(images)}; expected [B, C, H, W] with 1 or 3 channels.", nameof(images));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var bytes = images.dtype == ScalarType.Byte ? images.cpu() : FromFloat(images.detach().cpu());
        var (count, height, width) = (bytes.size(0), bytes.size(2), bytes.size(3));
        var colors = bytes.expand(count, 3, height, width).permute(0, 2, 3, 1); // [B, H, W, 3]
        return cat([colors, full([count, height, width, 1], 255, dtype: ScalarType.Byte)], dim: 3).MoveToOuterDisposeScope(); // [B, H, W, 4]
    }

    /// <summary>All tiles in one picture, row by row, with a gap of <paramref name="gap"/> transparent pixels.</summary>
    /// <returns>uint8 <c>[R·(H + gap) − gap, columns·(W + gap) − gap, 4]</c>.</returns>
    public static Tensor Sheet(Tensor tiles, int columns, int gap)
    {
        using var scope = NewDisposeScope();
        var (count, height, width) = ((int)tiles.size(0), (int)tiles.size(1), (int)tiles.size(2));
        var rows = (count + columns - 1) / columns;
        var sheet = zeros([(rows * (height + gap)) - gap, (columns * (width + gap)) - gap, 4], dtype: ScalarType.Byte);
        for (var tile = 0; tile < count; tile++)
        {
            int top = tile / columns * (height + gap), left = tile % columns * (width + gap);
            sheet.narrow(0, top, height).narrow(1, left, width).copy_(tiles[tile]);
        }

        return sheet.MoveToOuterDisposeScope();
    }

    /// <summary>Each pixel as a square of <paramref name="scale"/> by <paramref name="scale"/>, along the first two dimensions.</summary>
    public static Tensor Enlarge(Tensor sheet, int scale) =>
        sheet.repeat_interleave(scale, dim: 0).repeat_interleave(scale, dim: 1);

    private static Tensor FromFloat(Tensor images)
    {
        if (!images.is_floating_point())
            throw new ArgumentException($"The images are {TensorText.Describe(images)}; expected uint8, or floats in [0, 1].", nameof(images));
        var values = images.to(ScalarType.Float32);
        float least = values.min().item<float>(), most = values.max().item<float>();
        if (!(least >= -Tolerance && most <= 1 + Tolerance))
            throw new ArgumentException($"The images run from {least:G3} to {most:G3}; expected values in [0, 1]: show them before they are normalized.", nameof(images));
        return values.clamp(0, 1).mul(255).round().to(ScalarType.Byte);
    }
}
