using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Contrastive.Retrieval;

/// <summary>Rows in fewer bits than they came in.</summary>
internal abstract unsafe class RoundedRows(int count, int dimension) : VectorRows(dimension)
{
    public override int Count => count;

    /// <summary>Takes rows from float32, from place <paramref name="start"/> on.</summary>
    public abstract void Fill(float* rows, int start, int count);
}

/// <summary>Rows in bfloat16: the upper half of a float32, 8 bits of precision.</summary>
internal sealed unsafe class BFloat16Rows(int count, int dimension, float[]? factors) : RoundedRows(count, dimension)
{
    private readonly ushort* _values = (ushort*)NativeMemory.Alloc((nuint)count * (nuint)dimension * sizeof(ushort));

    public override float[]? Factors => factors;

    /// <summary>Rounds to nearest, ties to even, as torch does.</summary>
    public override void Fill(float* rows, int start, int count) => Parallel.For(0, count, row =>
    {
        var source = rows + (long)row * Dimension;
        var target = _values + (long)(start + row) * Dimension;
        for (var i = 0; i < Dimension; i++)
        {
            var bits = BitConverter.SingleToUInt32Bits(source[i]);
            target[i] = (ushort)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
        }
    });

    public override float* Read(int start, int count, float* scratch)
    {
        var source = _values + (long)start * Dimension;
        var (length, i) = (count * Dimension, 0);
        for (; i <= length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            var (lower, upper) = Vector256.Widen(Vector256.Load(source + i));
            (lower << 16).AsSingle().Store(scratch + i);
            (upper << 16).AsSingle().Store(scratch + i + Vector256<float>.Count);
        }

        for (; i < length; i++)
            scratch[i] = BitConverter.UInt32BitsToSingle((uint)source[i] << 16);
        return scratch;
    }

    public override void Dispose()
    {
        NativeMemory.Free(_values);
        base.Dispose();
    }
}

/// <summary>Rows as integers from −127 to 127, times a step of each row's own.</summary>
/// <param name="count">N.</param>
/// <param name="dimension">D.</param>
/// <param name="factors"><c>[N]</c>: what each row is multiplied by besides, set before the row is taken; null for 1.</param>
internal sealed unsafe class Int8Rows(int count, int dimension, float[]? factors) : RoundedRows(count, dimension)
{
    private const float Largest = sbyte.MaxValue;
    private readonly sbyte* _values = (sbyte*)NativeMemory.Alloc((nuint)count * (nuint)dimension);

    public override float[] Factors { get; } = new float[count];

    public override void Fill(float* rows, int start, int count) => Parallel.For(0, count, row =>
    {
        var source = rows + (long)row * Dimension;
        var target = _values + (long)(start + row) * Dimension;
        var most = 0f;
        for (var i = 0; i < Dimension; i++)
            most = MathF.Max(most, MathF.Abs(source[i]));
        for (var i = 0; i < Dimension; i++)
            target[i] = most == 0 ? (sbyte)0 : (sbyte)MathF.Round(source[i] / most * Largest);
        Factors[start + row] = (factors?[start + row] ?? 1) * (most / Largest);
    });

    public override float* Read(int start, int count, float* scratch)
    {
        var source = _values + (long)start * Dimension;
        var (length, i) = (count * Dimension, 0);
        for (; i <= length - Vector256<sbyte>.Count; i += Vector256<sbyte>.Count)
        {
            var (lower, upper) = Vector256.Widen(Vector256.Load(source + i));
            Store(lower, scratch + i);
            Store(upper, scratch + i + Vector256<short>.Count);
        }

        for (; i < length; i++)
            scratch[i] = source[i];
        return scratch;
    }

    public override void Dispose()
    {
        NativeMemory.Free(_values);
        base.Dispose();
    }

    private static void Store(Vector256<short> values, float* target)
    {
        var (lower, upper) = Vector256.Widen(values);
        Vector256.ConvertToSingle(lower).Store(target);
        Vector256.ConvertToSingle(upper).Store(target + Vector256<float>.Count);
    }
}
