using System.Runtime.Intrinsics;

namespace Contrastive.Retrieval;

/// <summary>A register of float32 numbers: what <see cref="DotProducts"/> is written in, once for each width.</summary>
internal unsafe interface ILanes<TSelf> where TSelf : struct, ILanes<TSelf>
{
    static abstract int Count { get; }

    /// <summary>The most registers of queries that are multiplied with four items at once, so that all sums stay in registers.</summary>
    static abstract int MostQueries { get; }

    static abstract TSelf Load(float* source);

    /// <summary>One number in each lane.</summary>
    static abstract TSelf All(float value);

    /// <summary>a · b + c, rounded once: the same in each lane and at each width.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    static abstract TSelf Multiply(TSelf a, TSelf b);

    /// <summary>The greater number in each lane; neither is NaN.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>A bit for each lane in which a is greater than b; none where either is NaN.</summary>
    static abstract uint Greater(TSelf a, TSelf b);

    static abstract void Store(TSelf lanes, float* target);
}

internal readonly unsafe struct Lanes512(Vector512<float> values) : ILanes<Lanes512>
{
    private readonly Vector512<float> _values = values;

    public static int Count => Vector512<float>.Count;

    /// <summary>16 sums of 32 registers.</summary>
    public static int MostQueries => 4;

    public static Lanes512 Load(float* source) => new(Vector512.Load(source));

    public static Lanes512 All(float value) => new(Vector512.Create(value));

    public static Lanes512 MultiplyAdd(Lanes512 a, Lanes512 b, Lanes512 c) => new(Vector512.FusedMultiplyAdd(a._values, b._values, c._values));

    public static Lanes512 Multiply(Lanes512 a, Lanes512 b) => new(a._values * b._values);

    public static Lanes512 Max(Lanes512 a, Lanes512 b) => new(Vector512.MaxNative(a._values, b._values));

    public static uint Greater(Lanes512 a, Lanes512 b) => (uint)Vector512.GreaterThan(a._values, b._values).ExtractMostSignificantBits();

    public static void Store(Lanes512 lanes, float* target) => lanes._values.Store(target);
}

internal readonly unsafe struct Lanes256(Vector256<float> values) : ILanes<Lanes256>
{
    private readonly Vector256<float> _values = values;

    public static int Count => Vector256<float>.Count;

    /// <summary>12 sums of 16 registers.</summary>
    public static int MostQueries => 3;

    public static Lanes256 Load(float* source) => new(Vector256.Load(source));

    public static Lanes256 All(float value) => new(Vector256.Create(value));

    public static Lanes256 MultiplyAdd(Lanes256 a, Lanes256 b, Lanes256 c) => new(Vector256.FusedMultiplyAdd(a._values, b._values, c._values));

    public static Lanes256 Multiply(Lanes256 a, Lanes256 b) => new(a._values * b._values);

    public static Lanes256 Max(Lanes256 a, Lanes256 b) => new(Vector256.MaxNative(a._values, b._values));

    public static uint Greater(Lanes256 a, Lanes256 b) => Vector256.GreaterThan(a._values, b._values).ExtractMostSignificantBits();

    public static void Store(Lanes256 lanes, float* target) => lanes._values.Store(target);
}
