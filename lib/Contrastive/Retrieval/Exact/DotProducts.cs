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
    /// <param name="thresholds"><c>[registers · lanes]</c>: what a score must exceed.</param>
    /// <param name="scores">Where all go if one of them does: <c>[4, registers · lanes]</c>.</param>
    /// <returns>Whether one does. Nearly never, so only the greatest of four are compared.</returns>
    public static bool Compute<T>(float* items, float* queries, int dimension, int registers, float* thresholds, float* scores) where T : struct, ILanes<T>
    {
        return registers switch
        {
            4 => Four<T>(items, queries, dimension, thresholds, scores),
            3 => Three<T>(items, queries, dimension, thresholds, scores),
            2 => Two<T>(items, queries, dimension, thresholds, scores),
            _ => One<T>(items, queries, dimension, thresholds, scores),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Four<T>(float* item0, float* queries, int dimension, float* thresholds, float* scores) where T : struct, ILanes<T>
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

        if ((Above(thresholds, a0, b0, c0, d0) | Above(thresholds + T.Count, a1, b1, c1, d1)
            | Above(thresholds + 2 * T.Count, a2, b2, c2, d2) | Above(thresholds + 3 * T.Count, a3, b3, c3, d3)) == 0)
            return false;
        scores = Store(Store(scores, a0, a1), a2, a3);
        scores = Store(Store(scores, b0, b1), b2, b3);
        scores = Store(Store(scores, c0, c1), c2, c3);
        Store(Store(scores, d0, d1), d2, d3);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Three<T>(float* item0, float* queries, int dimension, float* thresholds, float* scores) where T : struct, ILanes<T>
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

        if ((Above(thresholds, a0, b0, c0, d0) | Above(thresholds + T.Count, a1, b1, c1, d1) | Above(thresholds + 2 * T.Count, a2, b2, c2, d2)) == 0)
            return false;
        scores = Store(scores, a0, a1, a2);
        scores = Store(scores, b0, b1, b2);
        scores = Store(scores, c0, c1, c2);
        Store(scores, d0, d1, d2);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Two<T>(float* item0, float* queries, int dimension, float* thresholds, float* scores) where T : struct, ILanes<T>
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

        if ((Above(thresholds, a0, b0, c0, d0) | Above(thresholds + T.Count, a1, b1, c1, d1)) == 0)
            return false;
        scores = Store(scores, a0, a1);
        scores = Store(scores, b0, b1);
        scores = Store(scores, c0, c1);
        Store(scores, d0, d1);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool One<T>(float* item0, float* queries, int dimension, float* thresholds, float* scores) where T : struct, ILanes<T>
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

        if (Above(thresholds, a, b, c, d) == 0)
            return false;
        Store(Store(scores, a, b), c, d);
        return true;
    }

    /// <summary>The lanes in which the greatest of four items' scores exceeds the threshold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Above<T>(float* thresholds, T a, T b, T c, T d) where T : struct, ILanes<T> =>
        T.Greater(T.Max(T.Max(a, b), T.Max(c, d)), T.Load(thresholds));

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
