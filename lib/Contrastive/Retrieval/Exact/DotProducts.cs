using System.Runtime.CompilerServices;

namespace Contrastive.Retrieval;

/// <summary>
/// The products of four items with one to four registers of queries. The queries lie beside each other in the lanes, so items are read
/// as they are stored and a score stays in its lane: D fused additions in the order of the dimensions, whatever the width of a register, the
/// number of queries, or the place of the item. Equal vectors have equal scores, on every processor.
/// </summary>
internal static unsafe class DotProducts
{
    /// <summary>Items that are multiplied at once.</summary>
    public const int Items = 4;

    /// <summary>Multiplies.</summary>
    /// <param name="items"><c>[4, D]</c>.</param>
    /// <param name="queries"><c>[D, registers · lanes]</c>.</param>
    /// <param name="dimension">D.</param>
    /// <param name="registers">1 to the lanes' <c>MostQueries</c>.</param>
    /// <param name="scores">Where they go: <c>[4, registers · lanes]</c>.</param>
    public static void Compute<T>(float* items, float* queries, int dimension, int registers, float* scores) where T : struct, ILanes<T>
    {
        switch (registers)
        {
            case 4:
                Four<T>(items, queries, dimension, scores);
                break;
            case 3:
                Three<T>(items, queries, dimension, scores);
                break;
            case 2:
                Two<T>(items, queries, dimension, scores);
                break;
            default:
                One<T>(items, queries, dimension, scores);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<T>(float* item0, float* queries, int dimension, float* scores) where T : struct, ILanes<T>
    {
        float* item1 = item0 + dimension, item2 = item1 + dimension, item3 = item2 + dimension;
        T a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        T c0 = default, c1 = default, c2 = default, c3 = default, d0 = default, d1 = default, d2 = default, d3 = default;
        for (var i = 0; i < dimension; i++, queries += 4 * T.Count)
        {
            T q0 = T.Load(queries), q1 = T.Load(queries + T.Count), q2 = T.Load(queries + 2 * T.Count), q3 = T.Load(queries + 3 * T.Count);
            var value = T.All(item0[i]);
            a0 = T.MultiplyAdd(value, q0, a0);
            a1 = T.MultiplyAdd(value, q1, a1);
            a2 = T.MultiplyAdd(value, q2, a2);
            a3 = T.MultiplyAdd(value, q3, a3);
            value = T.All(item1[i]);
            b0 = T.MultiplyAdd(value, q0, b0);
            b1 = T.MultiplyAdd(value, q1, b1);
            b2 = T.MultiplyAdd(value, q2, b2);
            b3 = T.MultiplyAdd(value, q3, b3);
            value = T.All(item2[i]);
            c0 = T.MultiplyAdd(value, q0, c0);
            c1 = T.MultiplyAdd(value, q1, c1);
            c2 = T.MultiplyAdd(value, q2, c2);
            c3 = T.MultiplyAdd(value, q3, c3);
            value = T.All(item3[i]);
            d0 = T.MultiplyAdd(value, q0, d0);
            d1 = T.MultiplyAdd(value, q1, d1);
            d2 = T.MultiplyAdd(value, q2, d2);
            d3 = T.MultiplyAdd(value, q3, d3);
        }

        scores = Store(Store(scores, a0, a1), a2, a3);
        scores = Store(Store(scores, b0, b1), b2, b3);
        scores = Store(Store(scores, c0, c1), c2, c3);
        Store(Store(scores, d0, d1), d2, d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Three<T>(float* item0, float* queries, int dimension, float* scores) where T : struct, ILanes<T>
    {
        float* item1 = item0 + dimension, item2 = item1 + dimension, item3 = item2 + dimension;
        T a0 = default, a1 = default, a2 = default, b0 = default, b1 = default, b2 = default;
        T c0 = default, c1 = default, c2 = default, d0 = default, d1 = default, d2 = default;
        for (var i = 0; i < dimension; i++, queries += 3 * T.Count)
        {
            T q0 = T.Load(queries), q1 = T.Load(queries + T.Count), q2 = T.Load(queries + 2 * T.Count);
            var value = T.All(item0[i]);
            a0 = T.MultiplyAdd(value, q0, a0);
            a1 = T.MultiplyAdd(value, q1, a1);
            a2 = T.MultiplyAdd(value, q2, a2);
            value = T.All(item1[i]);
            b0 = T.MultiplyAdd(value, q0, b0);
            b1 = T.MultiplyAdd(value, q1, b1);
            b2 = T.MultiplyAdd(value, q2, b2);
            value = T.All(item2[i]);
            c0 = T.MultiplyAdd(value, q0, c0);
            c1 = T.MultiplyAdd(value, q1, c1);
            c2 = T.MultiplyAdd(value, q2, c2);
            value = T.All(item3[i]);
            d0 = T.MultiplyAdd(value, q0, d0);
            d1 = T.MultiplyAdd(value, q1, d1);
            d2 = T.MultiplyAdd(value, q2, d2);
        }

        scores = Store(scores, a0, a1, a2);
        scores = Store(scores, b0, b1, b2);
        scores = Store(scores, c0, c1, c2);
        Store(scores, d0, d1, d2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two<T>(float* item0, float* queries, int dimension, float* scores) where T : struct, ILanes<T>
    {
        float* item1 = item0 + dimension, item2 = item1 + dimension, item3 = item2 + dimension;
        T a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        for (var i = 0; i < dimension; i++, queries += 2 * T.Count)
        {
            T q0 = T.Load(queries), q1 = T.Load(queries + T.Count);
            var value = T.All(item0[i]);
            a0 = T.MultiplyAdd(value, q0, a0);
            a1 = T.MultiplyAdd(value, q1, a1);
            value = T.All(item1[i]);
            b0 = T.MultiplyAdd(value, q0, b0);
            b1 = T.MultiplyAdd(value, q1, b1);
            value = T.All(item2[i]);
            c0 = T.MultiplyAdd(value, q0, c0);
            c1 = T.MultiplyAdd(value, q1, c1);
            value = T.All(item3[i]);
            d0 = T.MultiplyAdd(value, q0, d0);
            d1 = T.MultiplyAdd(value, q1, d1);
        }

        scores = Store(scores, a0, a1);
        scores = Store(scores, b0, b1);
        scores = Store(scores, c0, c1);
        Store(scores, d0, d1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One<T>(float* item0, float* queries, int dimension, float* scores) where T : struct, ILanes<T>
    {
        float* item1 = item0 + dimension, item2 = item1 + dimension, item3 = item2 + dimension;
        T a = default, b = default, c = default, d = default;
        for (var i = 0; i < dimension; i++, queries += T.Count)
        {
            var query = T.Load(queries);
            a = T.MultiplyAdd(T.All(item0[i]), query, a);
            b = T.MultiplyAdd(T.All(item1[i]), query, b);
            c = T.MultiplyAdd(T.All(item2[i]), query, c);
            d = T.MultiplyAdd(T.All(item3[i]), query, d);
        }

        Store(Store(scores, a, b), c, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Store<T>(float* scores, T first, T second) where T : struct, ILanes<T>
    {
        T.Store(first, scores);
        T.Store(second, scores + T.Count);
        return scores + 2 * T.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Store<T>(float* scores, T first, T second, T third) where T : struct, ILanes<T>
    {
        T.Store(third, scores + 2 * T.Count);
        return Store(scores, first, second) + T.Count;
    }
}
