using System.Globalization;
using System.Text;

using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>
/// What CLIP's tokenizer does before byte-pair encoding: clean, lower-case, and split into runs of letters, single digits, English
/// contractions and runs of other characters.
/// </summary>
internal static class ClipWords
{
    public const string StartOfText = "<|startoftext|>", EndOfText = "<|endoftext|>";

    // In the order in which they are tried.
    private static readonly string[] Literals = [StartOfText, EndOfText, "'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    private enum Kind
    {
        Letter,
        Number,
        Space,
        Other,
    }

    public static IEnumerable<string> Split(string text)
    {
        var clean = LowerCase.WholeText(CollapseSpace(HtmlText.Unescape(HtmlText.Unescape(TextRepair.Clean(text)))));
        for (var i = 0; i < clean.Length;)
        {
            var length = MatchLength(clean, i, out var isSpace);
            if (!isSpace)
                yield return clean.Substring(i, length);
            i += length;
        }
    }

    private static int MatchLength(string text, int start, out bool isSpace)
    {
        isSpace = false;
        if (Literals.FirstOrDefault(literal => EqualsFolded(text, start, literal)) is { } match)
            return match.Length;
        var first = KindAt(text, start, out var length);
        isSpace = first == Kind.Space;
        if (first is Kind.Number or Kind.Space)
            return length;
        var end = start + length;
        while (end < text.Length && KindAt(text, end, out length) == first)
            end += length;
        return end - start;
    }

    // The pattern ignores case, and so matches the long s as an s.
    private static bool EqualsFolded(string text, int start, string literal)
    {
        if (start + literal.Length > text.Length)
            return false;
        for (var i = 0; i < literal.Length; i++)
        {
            if (text[start + i] != literal[i] && !(text[start + i] == '\u017F' && literal[i] == 's'))
                return false;
        }
        return true;
    }

    private static Kind KindAt(string text, int at, out int length)
    {
        if (!Rune.TryGetRuneAt(text, at, out var rune))
        {
            length = 1;
            return Kind.Other;
        }
        length = rune.Utf16SequenceLength;
        if (IsPatternSpace(rune))
            return Kind.Space;
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => Kind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Number,
            _ => Kind.Other,
        };
    }

    private static bool IsPatternSpace(Rune rune) => Rune.IsWhiteSpace(rune);

    // Every run of white space becomes one space; at the ends it is stripped, as are the separators U+001C to U+001F.
    private static string CollapseSpace(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in StripEnds(text).EnumerateRunes())
        {
            if (!IsPatternSpace(rune))
                result.Append(rune.ToString());
            else if (result.Length == 0 || result[^1] != ' ')
                result.Append(' ');
        }
        return StripEnds(result.ToString());
    }

    private static string StripEnds(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsStripped(text[start]))
            start++;
        while (end > start && IsStripped(text[end - 1]))
            end--;
        return text[start..end];
    }

    private static bool IsStripped(char unit) => char.IsWhiteSpace(unit) || unit is >= '\u001C' and <= '\u001F';
}
