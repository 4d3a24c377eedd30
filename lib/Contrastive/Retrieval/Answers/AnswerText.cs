using System.Buffers;
using System.Globalization;
using System.Text;
using Contrastive.Torch;

namespace Contrastive.Retrieval;

/// <summary>
/// A text as answers are looked for in it, by the rules of DPR's <c>SimpleTokenizer</c>: canonically decomposed (NFD); words are runs of
/// letters, numbers and marks; each other character that is visible is a word of its own; lower-cased as Python does it.
/// </summary>
/// <remarks>Categories of characters are those of .NET's Unicode version, which may know newer characters than Python's.</remarks>
public sealed class AnswerText
{
    /// <summary>The words of a text without any.</summary>
    internal const string None = "\n";

    /// <summary>Prepares a text.</summary>
    public AnswerText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Words = Normalize(text);
    }

    /// <summary>The words, each between two line breaks: <c>\nword\nword\n</c>. No word holds one, so words in sequence are a part of this
    /// string, which the platform finds with vector instructions.</summary>
    internal string Words { get; }

    internal static string Normalize(string text)
    {
        var characters = CanonicalForm.Decompose(text).AsSpan();
        // At most a line break before each character, and one at the end.
        var buffer = ArrayPool<char>.Shared.Rent(2 * characters.Length + 1);
        var (length, isInWord) = (0, false);
        while (!characters.IsEmpty)
        {
            var kind = KindOf(characters, out var width);
            if (kind != Kind.Space && !(isInWord && kind == Kind.Word))
                buffer[length++] = '\n';
            if (kind != Kind.Space)
            {
                characters[..width].CopyTo(buffer.AsSpan(length));
                length += width;
            }

            isInWord = kind == Kind.Word;
            characters = characters[width..];
        }

        buffer[length++] = '\n';
        var words = buffer.AsSpan(0, length).ToString();
        ArrayPool<char>.Shared.Return(buffer);
        return LowerCase.WholeText(words); // the line breaks keep the rule for a final sigma within each word
    }

    private enum Kind
    {
        Space,
        Word,
        Symbol,
    }

    private static Kind KindOf(ReadOnlySpan<char> text, out int width)
    {
        width = 1;
        var first = text[0];
        if (char.IsAscii(first))
            return char.IsAsciiLetterOrDigit(first) ? Kind.Word : first is > ' ' and < '\x7f' ? Kind.Symbol : Kind.Space;
        // Half of a surrogate pair is no character: Python's category for it is that of a control, Cs.
        return Rune.DecodeFromUtf16(text, out var rune, out width) == OperationStatus.Done ? KindOf(Rune.GetUnicodeCategory(rune)) : Kind.Space;
    }

    private static Kind KindOf(UnicodeCategory category) => category switch
    {
        <= UnicodeCategory.OtherNumber => Kind.Word, // letters, marks and numbers are the first of the enumeration
        <= UnicodeCategory.PrivateUse => Kind.Space, // then separators and controls
        UnicodeCategory.OtherNotAssigned => Kind.Space,
        _ => Kind.Symbol,
    };
}
