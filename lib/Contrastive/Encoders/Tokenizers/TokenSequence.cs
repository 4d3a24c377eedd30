namespace Contrastive.Encoders;

/// <summary>One text, or a pair of texts, as a model reads it: with its special tokens, without padding.</summary>
/// <param name="Ids">The token ids.</param>
/// <param name="Types">For each token the text it belongs to: 0 for the first, 1 for the second of a pair.</param>
public sealed record TokenSequence(IReadOnlyList<int> Ids, IReadOnlyList<int> Types)
{
    /// <summary>The number of tokens, special tokens included.</summary>
    public int Length => Ids.Count;
}
