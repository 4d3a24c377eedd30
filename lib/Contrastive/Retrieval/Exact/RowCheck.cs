using System.Numerics;
using static System.FormattableString;

namespace Contrastive.Retrieval;

/// <summary>A look at each row before it is searched: is every number finite, and how long is the row?</summary>
internal static unsafe class RowCheck
{
    private const int Part = 512;

    /// <summary>Refuses the first row that holds NaN or an infinite value or, where lengths are wanted, nothing but zeros.</summary>
    /// <param name="rows"><c>[count, D]</c>.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="dimension">D.</param>
    /// <param name="inverses">Where one over the length of each row goes, from place <paramref name="first"/> on; null if rows are not
    /// compared by cosine.</param>
    /// <param name="first">The number of the first row among all.</param>
    /// <param name="name">What the message calls the rows.</param>
    /// <param name="ids">The ids of the rows, for the message; null if they have none.</param>
    /// <exception cref="ArgumentException">Such a row is there; the message names it.</exception>
    public static void Run(float* rows, int count, int dimension, float[]? inverses, int first, string name, IReadOnlyList<string>? ids = null)
    {
        var worst = count;
        Parallel.For(0, (count + Part - 1) / Part, part =>
        {
            for (var row = part * Part; row < Math.Min((part + 1) * Part, count); row++)
            {
                var squares = Squares(rows + (long)row * dimension, dimension);
                if (inverses is not null)
                    inverses[first + row] = (float)(1 / Math.Sqrt(squares));
                if (!double.IsFinite(squares) || (inverses is not null && squares == 0))
                    Lower(ref worst, row);
            }
        });
        if (worst == count)
            return;
        var id = ids?.Count > worst ? $" ('{ids[worst]}')" : "";
        throw new ArgumentException(
            Squares(rows + (long)worst * dimension, dimension) == 0
                ? Invariant($"Row {first + worst} of {name}{id} is zero, which has no direction and so no cosine; leave it out, or compare by the inner product.")
                : Invariant($"Row {first + worst} of {name}{id} holds NaN or a value that is infinite in float32; look at the encoder's output."),
            name);
    }

    private static double Squares(float* row, int dimension)
    {
        var sums = Vector<float>.Zero;
        var i = 0;
        for (; i <= dimension - Vector<float>.Count; i += Vector<float>.Count)
        {
            var values = Vector.Load(row + i);
            sums += values * values;
        }

        double squares = Vector.Sum(sums);
        for (; i < dimension; i++)
            squares += row[i] * row[i];
        // The square of a very small or a very large number is zero or infinite in float32.
        return squares > 1e-30 && double.IsFinite(squares) ? squares : ExactSquares(row, dimension);
    }

    private static double ExactSquares(float* row, int dimension)
    {
        var squares = 0.0;
        for (var i = 0; i < dimension; i++)
            squares += (double)row[i] * row[i];
        return squares;
    }

    private static void Lower(ref int least, int value)
    {
        for (int seen; (seen = Volatile.Read(ref least)) > value && Interlocked.CompareExchange(ref least, value, seen) != seen;)
        {
        }
    }
}
