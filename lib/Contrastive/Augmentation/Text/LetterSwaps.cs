using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>Makes typos: in some words two neighboring letters change places, never the first or the last of a word. Words of four letters or
/// fewer stay.</summary>
/// <param name="words">In how many words, at most, each drawn evenly; at least 1. <value>The default is 2.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
public sealed class LetterSwaps(int words = 2) : ITextAugmentation
{
    private const int ShortestWord = 5;
    private readonly int _words = Require.AtLeast(words, 1);

    /// <inheritdoc/>
    public string Apply(string text, Generator generator)
    {
        var all = Words.Of(text);
        var random = generator.NextRandom();
        var places = Enumerable.Range(0, all.Length).Where(place => Words.Peel(all[place]).Core.Length >= ShortestWord).ToArray();
        random.Shuffle(places);
        foreach (var place in places.Take(_words))
        {
            var (before, core, after) = Words.Peel(all[place]);
            var at = 1 + random.Next(core.Length - 3);
            all[place] = $"{before}{core[..at]}{core[at + 1]}{core[at]}{core[(at + 2)..]}{after}";
        }

        return Words.Join(all);
    }
}
