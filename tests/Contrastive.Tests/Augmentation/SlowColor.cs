namespace Contrastive.Tests.Augmentation;

/// <summary>The color changes by definition, in float64, pixel by pixel.</summary>
internal static class SlowColor
{
    public static double[][] Change(double[][] pixels, long kind, double amount)
    {
        var mean = pixels.Average(Gray);
        return [.. pixels.Select(pixel => kind switch
        {
            0 => Mix(pixel, 0, amount),
            1 => Mix(pixel, mean, amount),
            2 => Mix(pixel, Gray(pixel), amount),
            _ => TurnHue(pixel, amount),
        })];
    }

    public static double Gray(double[] pixel) => 0.2989 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];

    private static double[] Mix(double[] pixel, double other, double factor) =>
        [.. pixel.Select(value => Math.Clamp(factor * value + (1 - factor) * other, 0, 1))];

    /// <summary>RGB to HSV, the hue rotated, and back.</summary>
    private static double[] TurnHue(double[] pixel, double turn)
    {
        var (red, green, blue) = (pixel[0], pixel[1], pixel[2]);
        var value = pixel.Max();
        var chroma = value - pixel.Min();
        if (chroma == 0)
            return pixel;
        var sixths = value == red ? (green - blue) / chroma : value == green ? 2 + (blue - red) / chroma : 4 + (red - green) / chroma;
        var hue = sixths / 6 + turn;
        hue -= Math.Floor(hue);
        var saturation = chroma / value;
        var sector = (int)Math.Floor(hue * 6);
        var fraction = hue * 6 - sector;
        var (p, q, t) = (value * (1 - saturation), value * (1 - fraction * saturation), value * (1 - (1 - fraction) * saturation));
        return (sector % 6) switch
        {
            0 => [value, t, p],
            1 => [q, value, p],
            2 => [p, value, t],
            3 => [p, q, value],
            4 => [t, p, value],
            _ => [value, p, q],
        };
    }
}
