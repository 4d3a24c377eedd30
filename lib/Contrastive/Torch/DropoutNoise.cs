using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>
/// Dropout masks on a CPU. libtorch draws them one number at a time, which is a quarter of a small transformer's step; here the same
/// numbers come from the same generator many at a time, and the mask is computed only for the rows that need it.
/// </summary>
internal static class DropoutNoise
{
    // torch takes 53 of the 64 random bits for a number in [0, 1).
    private const ulong Fraction = (1UL << 53) - 1;

    private static readonly Lock Drawing = new();

    /// <summary>Draws as <c>empty(rows, width).bernoulli_(1 − p)</c> does, from torch's default generator.</summary>
    /// <param name="places">For each row its index among the wanted rows, or −1.</param>
    /// <param name="wanted">The number of wanted rows.</param>
    /// <param name="width">Numbers per row.</param>
    /// <param name="probability">p, in [0, 1).</param>
    /// <returns>1 where a number is kept and 0 elsewhere, float32 <c>[wanted, width]</c>.</returns>
    public static Tensor Draw(ReadOnlySpan<int> places, long wanted, int width, double probability)
    {
        var noise = empty(wanted, width);
        var kept = MemoryMarshal.Cast<byte, float>(noise.bytes);
        var limit = (ulong)Math.Ceiling((1 - probability) * (1UL << 53));
        var numbers = new uint[2 * width];
        lock (Drawing)
        {
            using var before = random.get_rng_state();
            var generator = new MersenneTwister(before.bytes.ToArray());
            foreach (var place in places)
            {
                if (place < 0)
                {
                    generator.Skip(numbers.Length);
                    continue;
                }

                generator.Fill(numbers);
                Compare(MemoryMarshal.Cast<uint, ulong>(numbers), limit, kept.Slice(place * width, width));
            }

            using var after = tensor(generator.State());
            random.set_rng_state(after);
        }

        return noise;
    }

    private static void Compare(ReadOnlySpan<ulong> numbers, ulong limit, Span<float> kept)
    {
        var i = 0;
        for (; i <= numbers.Length - Vector512<uint>.Count; i += Vector512<uint>.Count)
        {
            var first = IsKept(Vector512.Create(numbers[i..]), limit);
            var second = IsKept(Vector512.Create(numbers[(i + Vector512<ulong>.Count)..]), limit);
            (Vector512.Narrow(first, second).AsSingle() & Vector512<float>.One).CopyTo(kept[i..]);
        }

        for (; i < numbers.Length; i++)
            kept[i] = IsKept(Vector512.CreateScalar(numbers[i]), limit)[0] != 0 ? 1 : 0;
    }

    // The first of two 32-bit numbers is the upper half.
    private static Vector512<ulong> IsKept(Vector512<ulong> numbers, ulong limit) =>
        Vector512.LessThan(((numbers << 32) | (numbers >> 32)) & Vector512.Create(Fraction), Vector512.Create(limit));
}
