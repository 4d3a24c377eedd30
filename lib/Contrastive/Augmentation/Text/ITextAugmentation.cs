using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>Makes a view of a text that should mean about the same. Never returns an empty text.</summary>
public interface ITextAugmentation
{
    /// <summary>One view of the text.</summary>
    /// <param name="text">Words separated by white space; at least one.</param>
    /// <param name="generator">The source of randomness, on the CPU; the same state gives the same view.</param>
    /// <returns>The view, its words separated by single spaces.</returns>
    /// <exception cref="ArgumentException">The text contains no words.</exception>
    string Apply(string text, Generator generator);
}
