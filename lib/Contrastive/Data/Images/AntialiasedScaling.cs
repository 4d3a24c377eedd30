using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Contrastive.Data;

/// <summary>
/// Scales pictures by the triangle filter, widened by the scale where a picture shrinks so that nothing is skipped: what Pillow's <c>BILINEAR</c> and
/// torch's <c>interpolate(mode: "bilinear", antialias: true)</c> compute.
/// </summary>
internal static class AntialiasedScaling
{
    /// <summary>Scales a part of a picture, as if there was nothing beyond it.</summary>
    /// <param name="pixels">Rows of four bytes each pixel, the first three of which count.</param>
    /// <param name="width">The picture's width.</param>
    /// <param name="part">The part's corner and size, in pixels, not necessarily whole ones.</param>
    /// <param name="planes">The result, <c>[3, toHeight, toWidth]</c>.</param>
    /// <param name="toWidth">The result's width.</param>
    /// <param name="toHeight">The result's height.</param>
    public static void Scale(ReadOnlySpan<byte> pixels, int width, (double Left, double Top, double Width, double Height) part, Span<byte> planes, int toWidth, int toHeight)
    {
        var columns = Taps.Of(part.Left, part.Width, toWidth);
        var rows = Taps.Of(part.Top, part.Height, toHeight);
        var (begin, end) = (columns[0].First, columns[^1].First + columns[^1].Weights.Length);
        var buffer = ArrayPool<float>.Shared.Rent(4 * (end - begin));
        var line = buffer.AsSpan(0, 4 * (end - begin));
        for (var y = 0; y < toHeight; y++)
        {
            line.Clear();
            for (var i = 0; i < rows[y].Weights.Length; i++)
                AddWeighted(pixels.Slice(4 * (width * (rows[y].First + i) + begin), line.Length), rows[y].Weights[i], line);
            ScaleLine(MemoryMarshal.Cast<float, Vector4>(line), begin, columns, planes[(y * toWidth)..], toWidth * toHeight);
        }

        ArrayPool<float>.Shared.Return(buffer);
    }

    private static void AddWeighted(ReadOnlySpan<byte> pixels, float weight, Span<float> line)
    {
        ref var source = ref MemoryMarshal.GetReference(pixels);
        ref var target = ref MemoryMarshal.GetReference(line);
        var factor = Vector256.Create(weight);
        var i = 0;
        for (; i <= line.Length - 16; i += 16)
        {
            var (low, high) = Vector256.Widen(Vector256.WidenLower(Vector128.LoadUnsafe(ref source, (nuint)i).ToVector256()));
            (Vector256.LoadUnsafe(ref target, (nuint)i) + factor * Vector256.ConvertToSingle(low.AsInt32())).StoreUnsafe(ref target, (nuint)i);
            (Vector256.LoadUnsafe(ref target, (nuint)i + 8) + factor * Vector256.ConvertToSingle(high.AsInt32())).StoreUnsafe(ref target, (nuint)i + 8);
        }

        for (; i < line.Length; i++)
            line[i] += weight * pixels[i];
    }

    private static void ScaleLine(ReadOnlySpan<Vector4> line, int begin, Taps[] columns, Span<byte> planes, int planeLength)
    {
        for (var x = 0; x < columns.Length; x++)
        {
            var (first, weights) = columns[x];
            var sum = new Vector4(0.5f);
            var taps = line.Slice(first - begin, weights.Length);
            for (var i = 0; i < taps.Length; i++)
                sum += weights[i] * taps[i];
            (planes[x], planes[planeLength + x], planes[2 * planeLength + x]) = ((byte)sum.X, (byte)sum.Y, (byte)sum.Z);
        }
    }

    /// <summary>The pixels of one line that make one pixel of the scaled line.</summary>
    private readonly record struct Taps(int First, float[] Weights)
    {
        public static Taps[] Of(double start, double length, int toSize)
        {
            const double Rounding = 1e-6;
            var (least, most) = ((int)(start + Rounding), (int)Math.Ceiling(start + length - Rounding));
            var scale = length / toSize;
            var reach = Math.Max(scale, 1);
            var taps = new Taps[toSize];
            for (var i = 0; i < toSize; i++)
            {
                var center = start + (i + 0.5) * scale;
                var first = Math.Max(least, (int)(center - reach + 0.5));
                var end = Math.Min(most, (int)(center + reach + 0.5));
                var weights = new double[end - first];
                for (var j = 0; j < weights.Length; j++)
                    weights[j] = Math.Max(0, 1 - Math.Abs((first + j - center + 0.5) / reach));
                var sum = weights.Sum();
                taps[i] = new Taps(first, [.. weights.Select(weight => (float)(weight / sum))]);
            }

            return taps;
        }
    }
}
