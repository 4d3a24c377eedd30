using System.Text.RegularExpressions;

using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>The words of a text as scikit-learn's <c>TfidfVectorizer</c> finds them by default: lower-cased, of at least two letters or
/// digits.</summary>
internal static partial class WordTokens
{
    public static IEnumerable<string> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Pattern().Matches(LowerCase.WholeText(text)).Select(match => match.Value);
    }

    [GeneratedRegex(@"\b\w\w+\b", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
