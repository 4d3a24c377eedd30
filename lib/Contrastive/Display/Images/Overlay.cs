using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Display;

/// <summary>Maps drawn over the images they belong to: where in a picture a text is found.</summary>
public static class Overlay
{
    /// <summary>
    /// Draws a map over each image, smoothly enlarged to the image's size. The image turns gray, so that color means heat alone: show it
    /// beside. All maps share one range, so that pictures compare; give each its own by drawing it alone.
    /// <code>ImageGrid.Of(Overlay.Heat(images, maps)), with Overlay.Legend(maps) above it</code>
    /// </summary>
    /// <param name="images"><c>[N, C, H, W]</c> with 1 or 3 channels, uint8, or floats in [0, 1].</param>
    /// <param name="maps">Float <c>[N, h, w]</c>, such as the cosines of patches with a text.</param>
    /// <param name="least">The value of the darkest color; the least of all maps by default. Lower values have that color too.</param>
    /// <param name="most">The value of the lightest color; the greatest of all maps by default.</param>
    /// <param name="strength">The share of the color in the picture, in [0, 1]; the rest is the gray image.
    /// <value>The default is 0.6.</value></param>
    /// <returns>uint8 <c>[N, 3, H, W]</c> on the CPU, as <see cref="ImageGrid"/> takes it.</returns>
    /// <exception cref="ArgumentException">The images are not such a tensor, there is not one map for each, a value is not finite, or the
    /// range is empty.</exception>
    public static Tensor Heat(Tensor images, Tensor maps, double? least = null, double? most = null, double strength = 0.6)
    {
        Require.Probability(strength);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var pixels = Tiles.Of(images).narrow(3, 0, 3).permute(0, 3, 1, 2).to(float32); // [N, 3, H, W]
        Require.Shape(maps, $"float [{pixels.size(0)}, h, w]", "one map for each image");
        var (low, high) = Range(maps, least, most);
        var values = maps.detach().cpu().to(float32).unsqueeze(1); // [N, 1, h, w]
        values = nn.functional.interpolate(values, [pixels.size(2), pixels.size(3)], mode: InterpolationMode.Bilinear, align_corners: false).squeeze(1);
        values = high > low ? values.sub_(low).div_(high - low).clamp_(0, 1) : zeros_like(values); // [N, H, W]
        var gray = (pixels * tensor(new[] { 0.299f, 0.587f, 0.114f }).reshape(1, 3, 1, 1)).sum(dim: 1).unsqueeze(1); // ITU-R BT.601
        return ((HeatColors.Of(values) * strength) + (gray * (1 - strength))).round_().to(ScalarType.Byte).MoveToOuterDisposeScope();
    }

    /// <summary>What the colors of <see cref="Heat"/> mean, for the same maps and range.</summary>
    /// <param name="maps">Float <c>[N, h, w]</c>.</param>
    /// <param name="title">What the values are. <value>The default is "cosine".</value></param>
    /// <param name="least">As given to <see cref="Heat"/>.</param>
    /// <param name="most">As given to <see cref="Heat"/>.</param>
    /// <exception cref="ArgumentException">A value is not finite, or the range is empty.</exception>
    public static HeatLegend Legend(Tensor maps, string title = "cosine", double? least = null, double? most = null)
    {
        Require.Shape(maps, "float [N, h, w]");
        var (low, high) = Range(maps, least, most);
        return new HeatLegend(title, low, high);
    }

    private static (double Least, double Most) Range(Tensor maps, double? least, double? most)
    {
        Require.Finite(maps);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var low = least is { } given ? Require.Finite(given, nameof(least)) : maps.min().to(float64).item<double>();
        var high = most is { } highest ? Require.Finite(highest, nameof(most)) : maps.max().to(float64).item<double>();
        var isGiven = least is not null || most is not null;
        return high > low || (!isGiven && high.Equals(low)) ? (low, high)
            : throw new ArgumentException(FormattableString.Invariant($"The range is from {low:G4} to {high:G4}; expected the least value below the greatest."), nameof(least));
    }
}
