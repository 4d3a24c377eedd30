using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Contrastive.Torch;

/// <summary>
/// torch's generator on a CPU, MT19937 (Matsumoto and Nishimura 1998), continued from a torch state and returned as one, many
/// numbers at a time.
/// </summary>
internal sealed class MersenneTwister
{
    /// <summary>The length in bytes of the only state layout known here: a state of another length is another generator's.</summary>
    public const int StateBytes = 5056;

    // The layout of CPUGeneratorImplState: seed, numbers left + 1 (int32), whether seeded (int32), next number, words, each in 64 bits.
    private const int LeftAt = 8, NextAt = 16, WordsAt = 24;
    private const int Words = 624, Middle = 397;

    private readonly byte[] _state;
    private readonly uint[] _words = new uint[Words + 1]; // one more, so that the last has a neighbor
    private int _next;

    public MersenneTwister(byte[] state)
    {
        if (state.Length != StateBytes)
            throw new ArgumentException($"A state of {state.Length} bytes is not the MT19937 state that torch writes, {StateBytes} bytes.", nameof(state));
        _state = state;
        var stored = MemoryMarshal.Cast<byte, ulong>(state.AsSpan(WordsAt, 8 * Words));
        for (var i = 0; i < Words; i++)
            _words[i] = (uint)stored[i];
        // After a fresh seed no word has been generated yet, which torch writes as 1 left, next 0.
        _next = Words + 1 - BinaryPrimitives.ReadInt32LittleEndian(state.AsSpan(LeftAt));
    }

    /// <summary>The state after the draws so far.</summary>
    public byte[] State()
    {
        var stored = MemoryMarshal.Cast<byte, ulong>(_state.AsSpan(WordsAt, 8 * Words));
        for (var i = 0; i < Words; i++)
            stored[i] = _words[i];
        BinaryPrimitives.WriteInt32LittleEndian(_state.AsSpan(LeftAt), Words + 1 - _next);
        BinaryPrimitives.WriteInt64LittleEndian(_state.AsSpan(NextAt), _next);
        return _state;
    }

    /// <summary>Draws 32-bit numbers.</summary>
    public void Fill(Span<uint> numbers)
    {
        while (numbers.Length > 0)
        {
            var part = Take(numbers.Length);
            var target = numbers[..part.Length];
            var i = 0;
            for (; i <= part.Length - Vector512<uint>.Count; i += Vector512<uint>.Count)
                Temper(Vector512.Create(part[i..])).CopyTo(target[i..]);
            for (; i < part.Length; i++)
                target[i] = Temper(Vector512.CreateScalar(part[i]))[0];
            numbers = numbers[part.Length..];
        }
    }

    /// <summary>Draws numbers and discards them.</summary>
    public void Skip(int count)
    {
        while (count > 0)
            count -= Take(count).Length;
    }

    // The next words, as many as are wanted or available without generating new ones.
    private ReadOnlySpan<uint> Take(int wanted)
    {
        if (_next == Words)
            Twist();
        var count = Math.Min(wanted, Words - _next);
        _next += count;
        return _words.AsSpan(_next - count, count);
    }

    private void Twist()
    {
        _next = 0;
        Twist(0, Words - Middle, Middle);
        _words[Words] = _words[0];
        Twist(Words - Middle, Words, Middle - Words);
    }

    // Computes each word from itself, its neighbor and the word at a distance, which is far enough for whole vectors.
    private void Twist(int from, int to, int distance)
    {
        var words = _words.AsSpan();
        for (; from <= to - Vector512<uint>.Count; from += Vector512<uint>.Count)
            Mix(Vector512.Create<uint>(words[from..]), Vector512.Create<uint>(words[(from + 1)..]), Vector512.Create<uint>(words[(from + distance)..])).CopyTo(words[from..]);
        for (; from < to; from++)
            words[from] = Mix(Vector512.CreateScalar(words[from]), Vector512.CreateScalar(words[from + 1]), Vector512.CreateScalar(words[from + distance]))[0];
    }

    private static Vector512<uint> Mix(Vector512<uint> word, Vector512<uint> neighbor, Vector512<uint> distant)
    {
        var mixed = (word & Vector512.Create(0x80000000u)) | (neighbor & Vector512.Create(0x7fffffffu));
        return distant ^ (mixed >> 1) ^ ((Vector512<uint>.Zero - (neighbor & Vector512<uint>.One)) & Vector512.Create(0x9908b0dfu));
    }

    private static Vector512<uint> Temper(Vector512<uint> word)
    {
        word ^= word >> 11;
        word ^= (word << 7) & Vector512.Create(0x9d2c5680u);
        word ^= (word << 15) & Vector512.Create(0xefc60000u);
        return word ^ (word >> 18);
    }
}
