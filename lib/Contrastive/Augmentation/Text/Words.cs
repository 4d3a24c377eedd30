namespace Contrastive.Augmentation;

/// <summary>Texts as lists of words, and back.</summary>
internal static class Words
{
    public static string[] Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 ? words : throw new ArgumentException("The text contains no words; leave empty texts out of the data.", nameof(text));
    }

    public static string Join(IEnumerable<string> words) => string.Join(' ', words);

    /// <summary>The letters of a word between the punctuation before and after it: <c>"(Hello!"</c> is <c>"("</c>, <c>"Hello"</c>,
    /// <c>"!"</c>.</summary>
    public static (string Before, string Core, string After) Peel(string word)
    {
        var (start, end) = (0, word.Length);
        while (start < end && !char.IsLetterOrDigit(word[start]))
            start++;
        while (end > start && !char.IsLetterOrDigit(word[end - 1]))
            end--;
        return (word[..start], word[start..end], word[end..]);
    }

    /// <summary>The replacement, capitalized if the original is.</summary>
    public static string CaseAs(string original, string replacement) =>
        original.Length > 0 && replacement.Length > 0 && char.IsUpper(original[0]) ? char.ToUpperInvariant(replacement[0]) + replacement[1..] : replacement;
}
