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

    public static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
