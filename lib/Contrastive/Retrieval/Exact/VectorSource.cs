using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Contrastive.Retrieval;

/// <summary>Where vectors come from before they are searched.</summary>
internal abstract unsafe class VectorSource : IDisposable
{
    public abstract int Count { get; }

    public abstract int Dimension { get; }

    /// <summary>Whether the vectors are float32 already, and stay where they are.</summary>
    public abstract bool IsFloat32 { get; }

    /// <summary>The first number of float32 <c>[N, D]</c>.</summary>
    public abstract float* Values { get; }

    /// <summary>Some rows as float32, which stay there until the next call.</summary>
    public virtual float* Read(int start, int count) => Values + (long)start * Dimension;

    public abstract void Dispose();
}

/// <summary>A tensor on the CPU, of any floating type. It shares the tensor's memory, also once the caller has disposed it.</summary>
internal sealed unsafe class TensorVectors : VectorSource
{
    private readonly Tensor _rows;
    private Tensor? _converted;

    public TensorVectors(Tensor rows)
    {
        using var scope = NewDisposeScope();
        _rows = rows.detach().contiguous().DetachFromDisposeScope();
    }

    public override int Count => (int)_rows.size(0);

    public override int Dimension => (int)_rows.size(1);

    public override bool IsFloat32 => _rows.dtype == ScalarType.Float32;

    public override float* Values => First<float>(_rows);

    public override float* Read(int start, int count)
    {
        if (IsFloat32)
            return base.Read(start, count);
        using var part = _rows.narrow(0, start, count);
        _converted?.Dispose();
        _converted = part.to(float32).DetachFromDisposeScope();
        return First<float>(_converted);
    }

    public override void Dispose()
    {
        _converted?.Dispose();
        _rows.Dispose();
    }

    /// <summary>The first number of contiguous rows on the CPU; null where there is none. A span of all could be longer than a span can be.</summary>
    public static T* First<T>(Tensor rows) where T : unmanaged
    {
        if (rows.numel() == 0)
            return null;
        using var first = rows.narrow(0, 0, 1);
        return (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
    }
}
