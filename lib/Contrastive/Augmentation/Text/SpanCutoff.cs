using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>Removes one span of consecutive words at a random position (span cutoff, Shen et al. 2020, "A Simple but Tough-to-Beat Data
/// Augmentation Approach for Natural Language Understanding and Generation"). On embeddings: <see cref="EmbeddingCutoff"/>.</summary>
/// <param name="fraction">The share of the words to remove, in [0, 1], rounded to whole words; one word always stays.
/// <value>The default is 0.2.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The fraction is not in [0, 1].</exception>
public sealed class SpanCutoff(double fraction = 0.2) : ITextAugmentation
{
    private readonly double _fraction = Require.Probability(fraction);

    /// <inheritdoc/>
    public string Apply(string text, Generator generator)
    {
        var random = generator.NextRandom();
        var words = Words.Of(text);
        var length = Math.Min((int)Math.Round(_fraction * words.Length, MidpointRounding.AwayFromZero), words.Length - 1);
        var start = random.Next(words.Length - length + 1);
        return Words.Join([.. words[..start], .. words[(start + length)..]]);
    }
}
