namespace Contrastive.Augmentation;

/// <summary>Makes another view of a text that should still mean about the same. Never returns an empty text.</summary>
public interface ITextAugmentation
{
    /// <summary>One view of the text.</summary>
    /// <param name="text">Words parted by white space; at least one.</param>
    /// <param name="random">The source of randomness; the same state gives the same view.</param>
    /// <returns>The view, its words parted by single spaces.</returns>
    /// <exception cref="ArgumentException">The text holds no word.</exception>
    string Apply(string text, Random random);
}
