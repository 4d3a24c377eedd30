using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>Replaces each word with a mask with a given probability, independently (CLEAR, Wu et al. 2020). For BERT's own masking of token
/// ids, with its 80/10/10 rule, see <see cref="TokenMasking"/>.</summary>
/// <param name="probability">In [0, 1]. <value>The default is 0.15, as in BERT.</value></param>
/// <param name="mask">What replaces a word. <value>The default is <c>[MASK]</c>, BERT's.</value></param>
/// <exception cref="ArgumentException">The probability is not in [0, 1], or the mask is empty.</exception>
public sealed class WordMasking(double probability = 0.15, string mask = "[MASK]") : ITextAugmentation
{
    private readonly double _probability = Require.Probability(probability);
    private readonly string _mask = string.IsNullOrWhiteSpace(mask) ? throw new ArgumentException("The mask is empty; to remove words use WordDeletion.", nameof(mask)) : mask;

    /// <inheritdoc/>
    public string Apply(string text, Generator generator)
    {
        var random = generator.NextRandom();
        return Words.Join(Words.Of(text).Select(word => random.NextDouble() < _probability ? _mask : word));
    }
}
