using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>Removes each word with a given probability, independently (Wei and Zou 2019, "EDA"); if all would be removed, one drawn
/// uniformly stays.</summary>
/// <param name="probability">In [0, 1]. <value>The default is 0.1, the paper's.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The probability is not in [0, 1].</exception>
public sealed class WordDeletion(double probability = 0.1) : ITextAugmentation
{
    private readonly double _probability = Require.Probability(probability);

    /// <inheritdoc/>
    public string Apply(string text, Generator generator)
    {
        var random = generator.NextRandom();
        var words = Words.Of(text);
        string[] kept = [.. words.Where(_ => random.NextDouble() >= _probability)];
        return kept.Length > 0 ? Words.Join(kept) : words[random.Next(words.Length)];
    }
}
