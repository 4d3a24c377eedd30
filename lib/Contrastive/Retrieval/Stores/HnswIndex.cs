using System.Runtime.InteropServices;
using Cloud.Unum.USearch;

namespace Contrastive.Retrieval;

/// <summary>One native index: vectors by number.</summary>
internal sealed unsafe class HnswIndex : SafeHandle
{
    private readonly int _dimension;
    private readonly int _threads;

    /// <exception cref="PlatformNotSupportedException">The native library does not load.</exception>
    public HnswIndex(int dimension, VectorMetric metric, HnswOptions options) : base(0, ownsHandle: true)
    {
        (_dimension, _threads) = (dimension, options.Threads);
        var native = new HnswNative.Options
        {
            Metric = (uint)(metric == VectorMetric.Cosine ? MetricKind.Cos : MetricKind.Ip),
            Scalar = (uint)(options.Precision switch
            {
                VectorPrecision.Float32 => ScalarKind.Float32,
                VectorPrecision.BFloat16 => ScalarKind.BFloat16,
                _ => ScalarKind.Int8,
            }),
            Dimensions = (nuint)dimension,
            Connectivity = (nuint)options.Connectivity,
            ExpansionAdd = (nuint)options.ExpansionAdd,
            ExpansionSearch = (nuint)options.ExpansionSearch,
        };
        try
        {
            nint error = 0;
            SetHandle(HnswNative.Create(native, ref error));
            Check(error);
        }
        catch (DllNotFoundException missing)
        {
            throw Missing(missing);
        }
    }

    public override bool IsInvalid => handle == 0;

    public long Count
    {
        get
        {
            nint error = 0;
            var size = HnswNative.Size(handle, ref error);
            Check(error);
            return (long)size;
        }
    }

    public long Dimension
    {
        get
        {
            nint error = 0;
            var dimensions = HnswNative.Dimensions(handle, ref error);
            Check(error);
            return (long)dimensions;
        }
    }

    /// <summary>Room for so many vectors. Reserving sets the number of threads back to the machine's, and more threads than that would fail.</summary>
    public void Reserve(long count)
    {
        nint error = 0;
        var capacity = (long)HnswNative.Capacity(handle, ref error);
        Check(error);
        if (count > capacity)
            HnswNative.Reserve(handle, (nuint)Math.Max(count, capacity + capacity / 2), ref error);
        Check(error);
        HnswNative.ChangeThreadsAdd(handle, (nuint)_threads, ref error);
        Check(error);
        HnswNative.ChangeThreadsSearch(handle, (nuint)_threads, ref error);
        Check(error);
    }

    public void ChangeExpansionSearch(int expansion)
    {
        nint error = 0;
        HnswNative.ChangeExpansionSearch(handle, (nuint)expansion, ref error);
        Check(error);
    }

    /// <summary>Adds one vector; several threads may, up to the number in the options.</summary>
    public void Add(ulong key, ReadOnlySpan<float> vector)
    {
        fixed (float* values = vector)
        {
            nint error = 0;
            HnswNative.Add(handle, key, values, (uint)ScalarKind.Float32, ref error);
            Check(error);
        }
    }

    public bool Remove(ulong key)
    {
        nint error = 0;
        var removed = HnswNative.Remove(handle, key, ref error);
        Check(error);
        return removed > 0;
    }

    /// <summary>What was kept of a vector, as float32.</summary>
    public void Get(ulong key, Span<float> vector)
    {
        fixed (float* values = vector)
        {
            nint error = 0;
            if (HnswNative.Get(handle, key, 1, values, (uint)ScalarKind.Float32, ref error) != 1)
                throw new InvalidOperationException($"The index holds no vector of number {key}.");
            Check(error);
        }
    }

    /// <summary>The nearest vectors' numbers, as many as there is room for or fewer; several threads may, up to the number in the options.</summary>
    public int Search(ReadOnlySpan<float> query, Span<ulong> keys, Span<float> distances)
    {
        fixed (float* values = query)
        fixed (ulong* firstKey = keys)
        fixed (float* firstDistance = distances)
        {
            nint error = 0;
            var found = HnswNative.Search(handle, values, (uint)ScalarKind.Float32, (nuint)keys.Length, firstKey, firstDistance, ref error);
            Check(error);
            return (int)found;
        }
    }

    public void Save(string path)
    {
        nint error = 0;
        HnswNative.Save(handle, path, ref error);
        if (error != 0)
            throw new IOException($"'{path}' could not be written: {Text(error)}.");
    }

    public void Load(string path)
    {
        nint error = 0;
        HnswNative.Load(handle, path, ref error);
        if (error != 0)
            throw new InvalidDataException($"{path}: it is not a complete index: {Text(error)}.");
        if (Dimension != _dimension)
            throw new InvalidDataException($"{path}: its vectors have {Dimension} values, expected {_dimension}.");
    }

    internal static PlatformNotSupportedException Missing(DllNotFoundException missing) => new(
        "Approximate search needs USearch's native library, which does not load here. It is there for Linux and Windows on x64 and for macOS on arm64; "
        + $"on Linux it needs libgomp.so.1 (Debian: apt-get install libgomp1). Exact search needs none of it. The system says: {missing.Message}", missing);

    protected override bool ReleaseHandle()
    {
        nint error = 0;
        HnswNative.Free(handle, ref error);
        return true;
    }

    private static void Check(nint error)
    {
        if (error != 0)
            throw new InvalidOperationException($"USearch says: {Text(error)}.");
    }

    private static string Text(nint error) => Marshal.PtrToStringUTF8(error) ?? "nothing";
}
