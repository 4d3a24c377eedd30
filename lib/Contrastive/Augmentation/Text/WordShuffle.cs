using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>
/// Shuffles the words: all of them, or locally, so that no word moves farther than a given distance (Lample et al. 2018,
/// "Unsupervised Machine Translation Using Monolingual Corpora Only", section 2.3: the words are sorted by i + u, u uniform in
/// [0, distance + 1)).
/// </summary>
public sealed class WordShuffle : ITextAugmentation
{
    private readonly int? _distance;

    /// <summary>Sets how far words may move.</summary>
    /// <param name="distance">At least 1; null shuffles the whole text. <value>The default is 3, the paper's.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is below 1.</exception>
    public WordShuffle(int? distance = 3)
    {
        Require.AtLeast(distance ?? 1, 1, "null shuffles the whole text", nameof(distance));
        _distance = distance;
    }

    /// <inheritdoc/>
    public string Apply(string text, Generator generator)
    {
        var random = generator.NextRandom();
        var words = Words.Of(text);
        if (_distance is { } distance)
            Array.Sort([.. words.Select((_, i) => i + (random.NextDouble() * (distance + 1)))], words);
        else
            random.Shuffle(words);
        return Words.Join(words);
    }
}
