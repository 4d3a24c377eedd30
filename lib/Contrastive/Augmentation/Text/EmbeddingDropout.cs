using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>Zeroes each value of the embedded tokens with probability p and scales the others by 1 / (1 − p), which preserves the mean:
/// dropout as an augmentation (as in ConSERT, Yan et al. 2021; SimCSE's is inside the encoder).</summary>
/// <param name="probability">p, in [0, 1). <value>The default is 0.1.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The probability is not in [0, 1).</exception>
public sealed class EmbeddingDropout(double probability = 0.1)
{
    private readonly double _probability = Require.Fraction(probability);

    /// <summary>One view of a batch.</summary>
    /// <param name="embeddings">Float <c>[B, L, D]</c>; gradients flow through.</param>
    /// <param name="generator">The source of randomness; one on the CPU works for any device.</param>
    /// <returns><c>[B, L, D]</c>.</returns>
    /// <exception cref="ArgumentException">The embeddings are not <c>[B, L, D]</c>.</exception>
    public Tensor Apply(Tensor embeddings, Generator generator)
    {
        Require.Shape(embeddings, "float [B, L, D]", "texts by tokens by features", mayBeEmpty: true);
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = NewDisposeScope();
        var kept = (rand(embeddings.shape, float32, generator.device, generator: generator) >= _probability).to(embeddings.dtype, embeddings.device); // [B, L, D]
        return (embeddings * kept.mul_(1 / (1 - _probability))).MoveToOuterDisposeScope();
    }
}
