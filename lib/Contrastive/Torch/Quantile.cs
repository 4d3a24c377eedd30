namespace Contrastive.Torch;

/// <summary>Quantiles of numbers at hand.</summary>
internal static class Quantile
{
    /// <summary>The number below which a share of the others lies, interpolated linearly (NumPy's default; type 7 of Hyndman and Fan
    /// 1996).</summary>
    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="share">In [0, 1].</param>
    public static double Of(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return double.Lerp(sorted[below], sorted[Math.Min(below + 1, sorted.Length - 1)], place - below);
    }
}
