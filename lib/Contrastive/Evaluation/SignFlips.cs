using Contrastive.Torch;

namespace Contrastive.Evaluation;

/// <summary>
/// Fisher's randomization test on paired differences: were it chance which system a score belongs to, each difference would have either sign
/// equally often. Sums are read from tables, eight differences at a time, so that ten thousand differences and a hundred thousand samples take
/// a fraction of a second.
/// </summary>
internal static class SignFlips
{
    /// <summary>Numbers that are equal on paper differ in their last bits; within this share of them they count as equal.</summary>
    private const double Rounding = 1e-10;

    private const int WordBits = 64;

    /// <summary>The first less the second; 0 where they differ by rounding alone.</summary>
    public static double Difference(double first, double second) =>
        Math.Abs(first - second) <= Rounding * Math.Max(Math.Abs(first), Math.Abs(second)) ? 0 : first - second;

    /// <summary>The share of sign patterns whose sum is at least as far from 0 as the observed one, and whether all were tried.</summary>
    /// <param name="differences">Those of 0 change nothing.</param>
    /// <param name="samples">All patterns are tried if there are no more than this many.</param>
    /// <param name="seed">Of the samples.</param>
    public static (double PValue, bool IsExact) Test(ReadOnlySpan<double> differences, int samples, long seed)
    {
        double[] moved = [.. differences.ToArray().Where(difference => difference != 0)];
        var observed = Math.Abs(moved.Sum()) - (Rounding * moved.Sum(Math.Abs));
        if (moved.Length < 31 && 1 << moved.Length <= samples)
            return (EveryPattern(moved).Count(sum => Math.Abs(sum) >= observed) / (double)(1 << moved.Length), true);
        return ((Sampled(moved, samples, seed).Count(sum => Math.Abs(sum) >= observed) + 1.0) / (samples + 1.0), false);
    }

    private static double[] EveryPattern(double[] differences)
    {
        var table = Table(differences);
        var sums = new double[1 << differences.Length];
        for (var pattern = 0; pattern < sums.Length; pattern++)
            sums[pattern] = Sum(table, (ulong)pattern);
        return sums;
    }

    private static double[] Sampled(double[] differences, int samples, long seed)
    {
        var sums = new double[samples];
        for (var start = 0; start < differences.Length; start += WordBits)
        {
            var table = Table(differences.AsSpan(start, Math.Min(WordBits, differences.Length - start)));
            var random = new SplitMix64(seed, start);
            for (var sample = 0; sample < sums.Length; sample++)
                sums[sample] += Sum(table, random.Next());
        }

        return sums;
    }

    /// <summary>For each of 8 groups of 8 differences the sums under all 256 patterns of signs, <c>[8 · 256]</c>.</summary>
    private static double[] Table(ReadOnlySpan<double> differences)
    {
        var table = new double[8 * 256];
        for (var entry = 0; entry < table.Length; entry++)
        {
            var (group, signs) = (entry / 256, entry % 256);
            for (var i = 8 * group; i < Math.Min(8 * (group + 1), differences.Length); i++)
                table[entry] += (signs >> (i % 8) & 1) == 0 ? differences[i] : -differences[i];
        }

        return table;
    }

    private static double Sum(double[] table, ulong signs)
    {
        var sum = 0.0;
        for (var group = 0; group < 8; group++)
            sum += table[(256 * group) + (byte)(signs >> (8 * group))];
        return sum;
    }
}
