using System.Globalization;
using System.Text;

using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>
/// BERT's basic tokenization: what happens to a text before WordPiece. Control characters are removed, white space becomes a space,
/// and each Chinese character and punctuation mark becomes a word of its own; an uncased model also lower-cases and strips accents.
/// </summary>
internal sealed class BertWords(bool lowercase, bool stripAccents, bool splitChinese)
{
    /// <summary>The words of a text that contains no special tokens.</summary>
    public IEnumerable<string> Split(string text)
    {
        var clean = Clean(lowercase ? LowerCase.EachCharacter(text) : text);
        clean = CanonicalForm.Compose(clean);
        if (stripAccents)
            clean = StripAccents(lowercase ? LowerCase.EachCharacter(clean) : clean);
        var word = new StringBuilder();
        foreach (var rune in clean.EnumerateRunes())
        {
            var isPunctuation = IsPunctuation(rune);
            if ((isPunctuation || IsSeparator(rune)) && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
            if (isPunctuation)
                yield return rune.ToString();
            else if (!IsSeparator(rune))
                word.Append(rune.ToString());
        }
        if (word.Length > 0)
            yield return word.ToString();
    }

    private string Clean(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            // A lone surrogate is a control character to BERT; it must not be read as U+FFFD first.
            if (!Rune.TryGetRuneAt(text, i, out var rune))
                continue;
            i += rune.Utf16SequenceLength - 1;
            if (rune.Value is '\t' or '\n' or '\r' || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator)
                result.Append(' ');
            else if (rune.Value == 0xFFFD || IsControl(rune))
                continue;
            else if (splitChinese && IsChinese(rune.Value))
                result.Append(' ').Append(rune.ToString()).Append(' ');
            else if (rune.IsBmp)
                result.Append((char)rune.Value);
            else
                result.Append(rune.ToString());
        }
        return result.ToString();
    }

    private static string StripAccents(string text)
    {
        var decomposed = CanonicalForm.Decompose(text);
        if (ReferenceEquals(decomposed, text))
            return text;
        var result = new StringBuilder(decomposed.Length);
        foreach (var rune in decomposed.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
                result.Append(rune.ToString());
        }
        return result.ToString();
    }

    private static bool IsControl(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    private static bool IsSeparator(Rune rune) => rune.Value is ' ' or 0x2028 or 0x2029;

    private static bool IsPunctuation(Rune rune) => rune.IsAscii
        ? rune.Value is >= '!' and <= '/' or >= ':' and <= '@' or >= '[' and <= '`' or >= '{' and <= '~'
        : Rune.GetUnicodeCategory(rune) is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation
            or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
            or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation;

    private static bool IsChinese(int point) => point is >= 0x4E00 and <= 0x9FFF or >= 0x3400 and <= 0x4DBF or >= 0x20000 and <= 0x2A6DF
        or >= 0x2A700 and <= 0x2B73F or >= 0x2B740 and <= 0x2B81F or >= 0x2B820 and <= 0x2CEAF or >= 0xF900 and <= 0xFAFF
        or >= 0x2F800 and <= 0x2FA1F;
}
