using Contrastive.Losses;

namespace Contrastive.Tests.Losses;

/// <summary>Vector arithmetic for oracles, written as plain loops.</summary>
internal static class Loops
{
    public static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var d = 0; d < a.Length; d++)
            sum += a[d] * b[d];
        return sum;
    }

    public static double[] Unit(double[] a)
    {
        var length = Math.Max(Math.Sqrt(Dot(a, a)), 1e-12);
        return [.. a.Select(x => x / length)];
    }

    public static double SquaredDistance(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var d = 0; d < a.Length; d++)
            sum += (a[d] - b[d]) * (a[d] - b[d]);
        return sum;
    }

    public static double Distance(double[] a, double[] b) => Math.Sqrt(SquaredDistance(a, b));

    public static double Cosine(double[] a, double[] b) => Dot(Unit(a), Unit(b));

    public static double Distance(double[] a, double[] b, PairDistance distance) => distance switch
    {
        PairDistance.Euclidean => Distance(a, b),
        PairDistance.SquaredEuclidean => SquaredDistance(a, b),
        _ => 1 - Cosine(a, b),
    };

    /// <summary>What anchor i is compared with: all candidates, but for the anchor itself where the candidates are the anchors.</summary>
    public static int[] Others(double[][] anchors, int i, double[][] candidates) =>
        [.. Enumerable.Range(0, candidates.Length).Where(j => !ReferenceEquals(anchors, candidates) || j != i)];

    /// <summary>Both at unit length, and the same if they are the same.</summary>
    public static (double[][] Anchors, double[][] Candidates) Units(double[][] anchors, double[][] candidates)
    {
        var units = anchors.Select(Unit).ToArray();
        return (units, ReferenceEquals(anchors, candidates) ? units : [.. candidates.Select(Unit)]);
    }

    public static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
