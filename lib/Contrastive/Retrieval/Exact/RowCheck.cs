using System.Numerics;
using static System.FormattableString;

namespace Contrastive.Retrieval;

/// <summary>A look at each row before it is searched: is every number finite, and is the row neither so long nor, to compare by cosine, so short
/// that products leave float32?</summary>
internal static unsafe class RowCheck
{
    private const int Part = 512;

    /// <summary>The product of two vectors of this length is 1e36, within float32, and so is each part of its sum.</summary>
    private const double Longest = 1e18;

    /// <summary>The square of this length is a number of full precision in float32.</summary>
    private const double Shortest = 1e-18;

    /// <summary>Refuses the first row that holds NaN or an infinite value, is longer than 1e18 or, where lengths are wanted, shorter than 1e-18.</summary>
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
        Parallel.For(0, (int)((count + Part - 1L) / Part), part =>
        {
            for (var row = part * Part; row < Math.Min((part + 1L) * Part, count); row++)
            {
                var squares = Squares(rows + (long)row * dimension, dimension);
                if (inverses is not null)
                    inverses[first + row] = (float)(1 / Math.Sqrt(squares));
                if (!(squares <= Longest * Longest) || (inverses is not null && squares < Shortest * Shortest))
                    Lower(ref worst, row);
            }
        });
        if (worst == count)
            return;
        var id = ids?.Count > worst ? $" ('{ids[worst]}')" : "";
        throw new ArgumentException(Invariant($"Row {first + worst} of {name}{id} {Fault(Math.Sqrt(Squares(rows + (long)worst * dimension, dimension)))}."), name);
    }

    /// <summary>What is wrong with a row of this length.</summary>
    public static string Fault(double length) => length switch
    {
        0 => "is zero, which has no direction and so no cosine; leave it out, or compare by the inner product",
        < Shortest => Invariant($"has length {length:0.#E0}, too short to have a direction in float32 (at least {Shortest:0E0}); scale the vectors"),
        > Longest and < double.PositiveInfinity => Invariant($"has length {length:0.#E0}, and products of such vectors leave float32 (at most {Longest:0E0}); scale the vectors"),
        _ => "holds NaN or a value that is infinite in float32; look at the encoder's output",
    };

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
