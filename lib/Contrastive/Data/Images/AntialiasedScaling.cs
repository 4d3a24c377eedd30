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
        var (begin, length) = (4 * columns.Least, 4 * (columns.Most - columns.Least));
        var buffer = ArrayPool<float>.Shared.Rent(length);
        var line = buffer.AsSpan(0, length);
        for (var y = 0; y < toHeight; y++)
        {
            var (first, weights) = rows[y];
            AddRows(pixels[(4 * width * first + begin)..], 4 * width, weights, line);
            ScaleLine(MemoryMarshal.Cast<float, Vector4>(line), columns, planes[(y * toWidth)..], toWidth * toHeight);
        }

        ArrayPool<float>.Shared.Return(buffer);
    }

    /// <summary>The weighted sum of as many rows as there are weights.</summary>
    private static void AddRows(ReadOnlySpan<byte> rows, int rowLength, ReadOnlySpan<float> weights, Span<float> line)
    {
        ref var source = ref MemoryMarshal.GetReference(rows);
        ref var target = ref MemoryMarshal.GetReference(line);
        var x = 0;
        for (; x <= line.Length - 16; x += 16)
        {
            var (lowSum, highSum) = (Vector256<float>.Zero, Vector256<float>.Zero);
            for (var i = 0; i < weights.Length; i++)
            {
                var weight = Vector256.Create(weights[i]);
                var (low, high) = Vector256.Widen(Vector256.WidenLower(Vector128.LoadUnsafe(ref source, (nuint)(i * rowLength + x)).ToVector256Unsafe()));
                lowSum = Vector256.FusedMultiplyAdd(weight, Vector256.ConvertToSingle(low.AsInt32()), lowSum);
                highSum = Vector256.FusedMultiplyAdd(weight, Vector256.ConvertToSingle(high.AsInt32()), highSum);
            }

            lowSum.StoreUnsafe(ref target, (nuint)x);
            highSum.StoreUnsafe(ref target, (nuint)x + 8);
        }

        for (; x < line.Length; x++)
        {
            line[x] = 0;
            for (var i = 0; i < weights.Length; i++)
                line[x] += weights[i] * rows[i * rowLength + x];
        }
    }

    private static void ScaleLine(ReadOnlySpan<Vector4> line, Taps columns, Span<byte> planes, int planeLength)
    {
        for (var x = 0; x < columns.Count; x++)
        {
            var (first, weights) = columns[x];
            var sum = new Vector4(0.5f);
            var taps = line.Slice(first - columns.Least, weights.Length);
            for (var i = 0; i < taps.Length; i++)
                sum += weights[i] * taps[i];
            (planes[x], planes[planeLength + x], planes[2 * planeLength + x]) = ((byte)sum.X, (byte)sum.Y, (byte)sum.Z);
        }
    }

    /// <summary>Which pixels of a line make each pixel of the scaled line, and with what weights.</summary>
    private sealed class Taps
    {
        private readonly (int First, int Begin, int Count)[] _places;
        private readonly float[] _weights;

        private Taps(int least, int most, (int, int, int)[] places, float[] weights) => (Least, Most, _places, _weights) = (least, most, places, weights);

        /// <summary>The first pixel that is used, and the one after the last.</summary>
        public int Least { get; }

        public int Most { get; }

        public int Count => _places.Length;

        public Weighted this[int index] => new(_places[index].First, _weights.AsSpan(_places[index].Begin, _places[index].Count));

        public static Taps Of(double start, double length, int count)
        {
            const double Rounding = 1e-6;
            var (least, most) = ((int)(start + Rounding), (int)Math.Ceiling(start + length - Rounding));
            var scale = length / count;
            var reach = Math.Max(scale, 1);
            var places = new (int, int, int)[count];
            var all = new float[count * ((int)(2 * reach) + 2)];
            var filled = 0;
            for (var i = 0; i < count; i++)
            {
                var center = start + (i + 0.5) * scale;
                var first = Math.Max(least, (int)(center - reach + 0.5));
                var weights = all.AsSpan(filled, Math.Min(most, (int)(center + reach + 0.5)) - first);
                var sum = 0f;
                for (var j = 0; j < weights.Length; j++)
                    sum += weights[j] = (float)Math.Max(0, 1 - Math.Abs((first + j - center + 0.5) / reach));
                foreach (ref var weight in weights)
                    weight /= sum;
                places[i] = (first, filled, weights.Length);
                filled += weights.Length;
            }

            return new Taps(least, most, places, all);
        }
    }

    /// <summary>The first pixel, and the weights from there on.</summary>
    private readonly ref struct Weighted(int first, ReadOnlySpan<float> weights)
    {
        private readonly int _first = first;
        private readonly ReadOnlySpan<float> _weights = weights;

        public void Deconstruct(out int first, out ReadOnlySpan<float> weights)
        {
            first = _first;
            weights = _weights;
        }
    }
}
