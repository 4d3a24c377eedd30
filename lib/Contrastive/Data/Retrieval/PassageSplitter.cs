using Contrastive.Retrieval;
using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>
/// Cuts an article into passages of equal length: disjoint blocks of 100 words, each with the article's title, as DPR does (Karpukhin et
/// al. 2020, section 4.1, after Wang et al. 2019).
/// </summary>
/// <remarks>A word is what stands between white space; the words of a block are those of the text, with one space between them. The
/// paper does not say what becomes of a shorter rest; here it is the last passage.</remarks>
public static class PassageSplitter
{
    /// <summary>The passages of an article, called <c>ID-0</c>, <c>ID-1</c> and so on. A text without words has none.</summary>
    /// <param name="id">The article's name.</param>
    /// <param name="title">The title that each passage gets.</param>
    /// <param name="text">The article's text.</param>
    /// <param name="words">The words of a passage, at least 1. <value>The default is 100, DPR's.</value></param>
    /// <exception cref="ArgumentException">The id is empty, or <paramref name="words"/> is below 1.</exception>
    public static IReadOnlyList<Passage> Split(string id, string title, string text, int words = 100)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(text);
        Require.AtLeast(words, 1);
        return [.. Words(text).Chunk(words).Select((block, place) => new Passage($"{id}-{place}", title, string.Join(' ', block)))];
    }

    internal static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
