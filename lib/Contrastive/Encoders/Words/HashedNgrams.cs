using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Encoders;

/// <summary>
/// Texts as counts of their words and of the letters' n-grams in them, each hashed into one of a fixed number of buckets (the subwords of
/// Bojanowski et al. 2017, "Enriching Word Vectors with Subword Information", section 3.2, without vectors): no vocabulary, and a word with a
/// typo still shares most of its n-grams. The hash, FNV-1a, is the same on every machine. A linear layer on it is a fast encoder.
/// </summary>
/// <param name="buckets">B, at least 1. <value>The default is 4,096.</value></param>
/// <param name="length">n, at least 1. <value>The default is 3.</value></param>
/// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
public sealed class HashedNgrams(int buckets = 4096, int length = 3)
{
    private readonly int _length = Require.AtLeast(length, 1);

    /// <summary>The number of buckets, B.</summary>
    public int Buckets { get; } = Require.AtLeast(buckets, 1);

    /// <summary>ln(1 + count) of each bucket. A word is lower-cased and marked as <c>&lt;word&gt;</c>, and counts whole and in its n-grams.</summary>
    /// <param name="texts">N texts; one without words is a row of zeros.</param>
    /// <returns>float32 <c>[N, B]</c>.</returns>
    public Tensor Encode(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var counts = new float[texts.Count * Buckets];
        for (var row = 0; row < texts.Count; row++)
        {
            foreach (var word in WordTokens.Of(texts[row]))
            {
                var marked = $"<{word}>";
                counts[(row * Buckets) + Bucket(marked)]++;
                for (var start = 0; start + _length <= marked.Length; start++)
                    counts[(row * Buckets) + Bucket(marked.AsSpan(start, _length))]++;
            }
        }

        return tensor(counts, [texts.Count, Buckets]).log1p_();
    }

    private int Bucket(ReadOnlySpan<char> text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
            hash = (hash ^ letter) * 16777619u;
        return (int)((hash ^ (hash >> 15)) % (uint)Buckets);
    }
}
