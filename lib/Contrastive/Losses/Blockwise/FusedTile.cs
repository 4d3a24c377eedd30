using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// The operations on a tile of scores, in one pass over it instead of four: for float32 on the CPU, where moving a tile through the cache
/// costs more than its arithmetic. Scores are at most 85 in magnitude, or −∞.
/// </summary>
internal static class FusedTile
{
    public static bool Serves(Tensor tensor) => tensor.dtype == ScalarType.Float32 && tensor.device_type == DeviceType.CPU;

    /// <summary>Adds Σⱼ exp(tile) to the rows' sums and, where given, Σᵢ exp(tile) to the columns'.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // no slow warm-up
    public static void AddSums(Tensor tile, Tensor rowSums, Tensor? columnSums)
    {
        var scores = Values(tile);
        var ofRows = Values(rowSums);
        var ofColumns = columnSums is null ? new float[tile.size(1)] : Values(columnSums);
        var width = ofColumns.Length;
        for (var i = 0; i < ofRows.Length; i++)
        {
            var row = scores.Slice(i * width, width);
            var sum = Vector512<float>.Zero;
            var j = 0;
            for (; j <= width - Vector512<float>.Count; j += Vector512<float>.Count)
            {
                var exp = Exp(Vector512.LoadUnsafe(in row[j]));
                sum += exp;
                (Vector512.LoadUnsafe(in ofColumns[j]) + exp).StoreUnsafe(ref ofColumns[j]);
            }

            var total = Vector512.Sum(sum);
            for (; j < width; j++)
            {
                var exp = MathF.Exp(row[j]);
                total += exp;
                ofColumns[j] += exp;
            }

            ofRows[i] += total;
        }
    }

    /// <summary>Overwrites the tile with exp(tile) · (aᵢ + bⱼ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // no slow warm-up
    public static void Weigh(Tensor tile, Tensor rowFactors, Tensor columnFactors)
    {
        var scores = Values(tile);
        var ofRows = Values(rowFactors);
        var ofColumns = Values(columnFactors);
        var width = ofColumns.Length;
        for (var i = 0; i < ofRows.Length; i++)
        {
            var row = scores.Slice(i * width, width);
            var ofRow = Vector512.Create(ofRows[i]);
            var j = 0;
            for (; j <= width - Vector512<float>.Count; j += Vector512<float>.Count)
                (Exp(Vector512.LoadUnsafe(in row[j])) * (ofRow + Vector512.LoadUnsafe(in ofColumns[j]))).StoreUnsafe(ref row[j]);
            for (; j < width; j++)
                row[j] = MathF.Exp(row[j]) * (ofRows[i] + ofColumns[j]);
        }
    }

    // 2ⁿ · e^r with n the nearest integer to x / ln 2 and a polynomial for e^r, |r| ≤ ln 2 / 2 (coefficients of Cephes' expf).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Exp(Vector512<float> x)
    {
        var isReal = Vector512.GreaterThan(x, Vector512.Create(-87.3f));
        x = Vector512.Max(x, Vector512.Create(-87.3f));
        var n = Vector512.Round(x * 1.44269504f);
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693359375f), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(2.12194440e-4f), r);
        var p = Vector512.FusedMultiplyAdd(Vector512.Create(1.9875691500e-4f), r, Vector512.Create(1.3981999507e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(8.3334519073e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(4.1665795894e-2f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.6666665459e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(5.0000001201e-1f));
        p = Vector512.FusedMultiplyAdd(p, r * r, r + Vector512<float>.One);
        var power = ((Vector512.ConvertToInt32(n) + Vector512.Create(127)) << 23).AsSingle();
        return (p * power) & isReal;
    }

    private static Span<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
