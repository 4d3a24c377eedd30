using System.Globalization;
using System.Text;

using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>Decodes HTML 5 character references by its rules (as Python's <c>html.unescape</c>): names without a semicolon too.</summary>
internal static class HtmlText
{
    private const int LongestName = 32;

    // How HTML 5 decodes the numbers 0x80 to 0x9F: as Windows-1252, where that has a character.
    private const string Windows1252 =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F" +
        "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    private static readonly Dictionary<string, string> Entities = EmbeddedText.Lines("HtmlEntities.txt")
        .Select(line => line.Split(' '))
        .ToDictionary(fields => fields[0], fields => string.Concat(fields[1..].Select(code => char.ConvertFromUtf32(Hexadecimal(code)))));

    /// <summary>The text with every character reference replaced once, from left to right.</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains('&', StringComparison.Ordinal))
            return text;
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var (length, replacement) = text[i] == '&' ? Reference(text.AsSpan(i + 1)) : (0, "");
            if (length == 0)
            {
                result.Append(text[i++]);
                continue;
            }
            result.Append(replacement);
            i += 1 + length;
        }
        return result.ToString();
    }

    /// <summary>The character that a number of the C1 range stands for in practice.</summary>
    public static char FromWindows1252(int code) => Windows1252[code - 0x80];

    // The length of the reference after the ampersand, 0 if there is none, and what it stands for.
    private static (int Length, string Text) Reference(ReadOnlySpan<char> rest) =>
        rest.StartsWith("#") ? Numeric(rest) : Named(rest);

    private static (int Length, string Text) Numeric(ReadOnlySpan<char> rest)
    {
        var isHexadecimal = rest.Length > 1 && rest[1] is 'x' or 'X';
        var start = isHexadecimal ? 2 : 1;
        var end = start;
        long code = 0;
        while (end < rest.Length && Digit(rest[end], isHexadecimal) is >= 0 and var digit)
        {
            code = Math.Min(code * (isHexadecimal ? 16 : 10) + digit, 0x200000);
            end++;
        }
        if (end == start)
            return (0, "");
        if (end < rest.Length && rest[end] == ';')
            end++;
        return (end, FromNumber((int)code));
    }

    private static string FromNumber(int code)
    {
        if (code is >= 0x80 and <= 0x9F)
            return FromWindows1252(code).ToString();
        if (code == 0 || code is >= 0xD800 and <= 0xDFFF || code > 0x10FFFF)
            return "\uFFFD";
        if (code == 0x0D)
            return "\r";
        var isInvalid = code is >= 0x1 and <= 0x8 or 0xB or >= 0xE and <= 0x1F or 0x7F or >= 0xFDD0 and <= 0xFDEF || (code & 0xFFFE) == 0xFFFE;
        return isInvalid ? "" : char.ConvertFromUtf32(code);
    }

    // A name is what precedes the semicolon, or else the longest name that the text begins with.
    private static (int Length, string Text) Named(ReadOnlySpan<char> rest)
    {
        var end = 0;
        while (end < Math.Min(rest.Length, LongestName) && !IsDelimiter(rest[end]))
            end++;
        if (end < rest.Length && rest[end] == ';')
            end++;
        for (; end > 1; end--)
        {
            if (Entities.TryGetValue(rest[..end].ToString(), out var text))
                return (end, text);
        }
        return (0, "");
    }

    private static bool IsDelimiter(char unit) => unit is '\t' or '\n' or '\f' or ' ' or '<' or '&' or '#' or ';';

    private static int Digit(char unit, bool isHexadecimal) => unit switch
    {
        >= '0' and <= '9' => unit - '0',
        >= 'a' and <= 'f' when isHexadecimal => unit - 'a' + 10,
        >= 'A' and <= 'F' when isHexadecimal => unit - 'A' + 10,
        _ => -1,
    };

    private static int Hexadecimal(string code) => int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
