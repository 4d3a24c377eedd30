namespace Contrastive.Encoders;

/// <summary>How many words two sentences share: the simplest baseline.</summary>
public static class WordOverlap
{
    /// <summary>The Jaccard similarity of the two sets of words, in [0, 1]: the words in both divided by the words in either; 0 where
    /// neither has any.</summary>
    /// <param name="first">A sentence.</param>
    /// <param name="second">Another sentence.</param>
    public static double Similarity(string first, string second)
    {
        var (a, b) = (WordTokens.Of(first).ToHashSet(StringComparer.Ordinal), WordTokens.Of(second).ToHashSet(StringComparer.Ordinal));
        var shared = a.Count(b.Contains);
        return a.Count + b.Count == 0 ? 0 : shared / (double)(a.Count + b.Count - shared);
    }
}
