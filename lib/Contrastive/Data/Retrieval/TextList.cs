using System.Globalization;
using System.Text;

namespace Contrastive.Data;

/// <summary>A list of texts as Python or JSON writes it: <c>['one', "it's two"]</c>.</summary>
internal static class TextList
{
    private const string Escapes = "nrtbf", Escaped = "\n\r\t\b\f";

    /// <exception cref="InvalidDataException">It is no such list.</exception>
    public static IReadOnlyList<string> Parse(TextLine line, string list)
    {
        var (texts, text) = (new List<string>(), list.Trim());
        if (!text.StartsWith('[') || !text.EndsWith(']'))
            throw line.Wrong($"'{list}' is no list; expected texts in brackets.");
        var at = SkipBlanks(text, 1);
        while (at < text.Length - 1)
        {
            texts.Add(ReadText(line, text, ref at));
            at = SkipBlanks(text, at);
            if (at < text.Length - 1 && text[at] != ',')
                throw line.Wrong($"'{text[at]}' follows a text of the list; expected a comma.");
            at = SkipBlanks(text, at + 1);
        }

        return texts;
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at;
    }

    /// <summary>Reads a quoted text and moves behind it.</summary>
    private static string ReadText(TextLine line, string text, ref int at)
    {
        var quote = text[at];
        if (quote is not ('\'' or '"'))
            throw line.Wrong($"'{quote}' begins a text of the list; expected a quote.");
        var value = new StringBuilder();
        for (at++; at < text.Length && text[at] != quote; at++)
        {
            if (text[at] == '\\')
                at = ReadEscape(line, text, at + 1, value);
            else
                value.Append(text[at]);
        }

        return at++ < text.Length ? value.ToString() : throw line.Wrong("a text of the list is not closed.");
    }

    /// <summary>Reads what follows a backslash and returns the position of its last letter.</summary>
    private static int ReadEscape(TextLine line, string text, int at, StringBuilder value)
    {
        var letter = at < text.Length ? text[at] : throw line.Wrong("a text of the list is not closed.");
        var digits = letter switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
        {
            value.Append(Escapes.IndexOf(letter) is var known and >= 0 ? Escaped[known].ToString() : letter is '\\' or '\'' or '"' or '/' ? letter.ToString() : $"\\{letter}");
            return at;
        }

        if (at + digits >= text.Length || !int.TryParse(text.AsSpan(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code is < 0 or > 0x10FFFF)
            throw line.Wrong($"'\\{letter}' in a text of the list is not followed by {digits} hexadecimal digits of a character.");
        value.Append(code > char.MaxValue ? char.ConvertFromUtf32(code) : ((char)code).ToString());
        return at + digits;
    }
}
