using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Encoders;

/// <summary>
/// Sentences as the mean of their words' vectors, which are random: the baseline that knows which words are the same and nothing
/// else. A word's vector depends only on the word and the seed.
/// </summary>
public sealed class RandomWordVectors
{
    private readonly Dictionary<string, float[]> _vectors = new(StringComparer.Ordinal);
    private readonly int _dimension;
    private readonly long _seed;

    /// <summary>Prepares the vectors; each is drawn from a normal distribution when its word first occurs.</summary>
    /// <param name="dimension">D, at least 1. <value>The default is 300, usual for word vectors.</value></param>
    /// <param name="seed">Selects the vectors. <value>The default is 0.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is below 1.</exception>
    public RandomWordVectors(int dimension = 300, long seed = 0)
    {
        (_dimension, _seed) = (Require.AtLeast(dimension, 1), seed);
    }

    /// <summary>The mean vector of each sentence's words; zeros where it has none.</summary>
    /// <param name="sentences">N sentences.</param>
    /// <returns>float32 <c>[N, D]</c>.</returns>
    public Tensor Encode(IReadOnlyList<string> sentences)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        var embeddings = new float[sentences.Count, _dimension];
        for (var row = 0; row < sentences.Count; row++)
        {
            var words = WordTokens.Of(sentences[row]).Select(Vector).ToList();
            for (var column = 0; column < _dimension && words.Count > 0; column++)
                embeddings[row, column] = words.Average(vector => vector[column]);
        }

        return tensor(embeddings);
    }

    private float[] Vector(string word)
    {
        if (_vectors.TryGetValue(word, out var known))
            return known;
        using var scope = NewDisposeScope();
        var hash = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(word)));
        using var generator = new Generator((ulong)(hash ^ _seed));
        return _vectors[word] = randn([_dimension], float32, generator: generator).data<float>().ToArray();
    }
}
