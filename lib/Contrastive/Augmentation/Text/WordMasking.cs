using Contrastive.Torch;

namespace Contrastive.Augmentation;

/// <summary>Replaces each word by a mask with a probability, independently (CLEAR, Wu et al. 2020). Masking of token ids for BERT's own
/// training is another thing, with its 80/10/10 rule.</summary>
/// <param name="probability">In [0, 1]. <value>The default is 0.15, as in BERT.</value></param>
/// <param name="mask">What stands for a word. <value>The default is <c>[MASK]</c>, BERT's.</value></param>
/// <exception cref="ArgumentException">The probability is not in [0, 1], or the mask is empty.</exception>
public sealed class WordMasking(double probability = 0.15, string mask = "[MASK]") : ITextAugmentation
{
    private readonly double _probability = Require.Probability(probability);
    private readonly string _mask = string.IsNullOrWhiteSpace(mask) ? throw new ArgumentException("The mask is empty; to remove words use WordDeletion.", nameof(mask)) : mask;

    /// <inheritdoc/>
    public string Apply(string text, Random random) => Words.Join(Words.Of(text).Select(word => random.NextDouble() < _probability ? _mask : word));
}
