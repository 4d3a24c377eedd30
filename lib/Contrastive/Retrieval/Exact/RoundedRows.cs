using System.Runtime.Intrinsics;

namespace Contrastive.Retrieval;

/// <summary>Rows in fewer bits than they came in.</summary>
internal abstract unsafe class RoundedRows(int count, int dimension) : VectorRows(dimension)
{
    public override int Count => count;

    /// <summary>Takes rows from float32, from place <paramref name="start"/> on.</summary>
    public void Fill(float* rows, int start, int count) =>
        Parallel.For(0, count, row => Round(rows + (long)row * Dimension, start + row));

    protected abstract void Round(float* values, int row);
}

/// <summary>Rows in bfloat16: the upper half of a float32, 8 bits of precision.</summary>
internal sealed unsafe class BFloat16Rows(int count, int dimension, float[]? factors) : RoundedRows(count, dimension)
{
    private readonly NativeBlock _block = NativeBlock.Of<ushort>((long)count * dimension);

    public override float[]? Factors => factors;

    public override float* Read(int start, int count, float* scratch)
    {
        var source = Row(start);
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
        _block.Dispose();
        base.Dispose();
    }

    /// <summary>To nearest, ties to even, as torch does.</summary>
    protected override void Round(float* values, int row)
    {
        var target = Row(row);
        for (var i = 0; i < Dimension; i++)
        {
            var bits = BitConverter.SingleToUInt32Bits(values[i]);
            target[i] = (ushort)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
        }
    }

    private ushort* Row(int row) => _block.First<ushort>() + (long)row * Dimension;
}

/// <summary>Rows as integers from −127 to 127, times a step of each row's own.</summary>
/// <param name="count">N.</param>
/// <param name="dimension">D.</param>
/// <param name="factors"><c>[N]</c>: what each row is multiplied by besides, set before the row is taken; null for 1.</param>
internal sealed unsafe class Int8Rows(int count, int dimension, float[]? factors) : RoundedRows(count, dimension)
{
    private const float Largest = sbyte.MaxValue;
    private readonly NativeBlock _block = NativeBlock.Of<sbyte>((long)count * dimension);

    public override float[] Factors { get; } = new float[count];

    public override float* Read(int start, int count, float* scratch)
    {
        var source = Row(start);
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
        _block.Dispose();
        base.Dispose();
    }

    protected override void Round(float* values, int row)
    {
        var target = Row(row);
        var most = 0f;
        for (var i = 0; i < Dimension; i++)
            most = MathF.Max(most, MathF.Abs(values[i]));
        for (var i = 0; i < Dimension; i++)
            target[i] = most == 0 ? (sbyte)0 : (sbyte)MathF.Round(values[i] / most * Largest);
        Factors[row] = (factors?[row] ?? 1) * (most / Largest);
    }

    private static void Store(Vector256<short> values, float* target)
    {
        var (lower, upper) = Vector256.Widen(values);
        Vector256.ConvertToSingle(lower).Store(target);
        Vector256.ConvertToSingle(upper).Store(target + Vector256<float>.Count);
    }

    private sbyte* Row(int row) => _block.First<sbyte>() + (long)row * Dimension;
}
