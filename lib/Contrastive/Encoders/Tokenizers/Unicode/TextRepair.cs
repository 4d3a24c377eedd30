using System.Text;
using System.Text.RegularExpressions;

using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>
/// The cleanup that CLIP's tokenizer leaves to the Python package ftfy: curly quotes become straight, ligatures and wide forms plain
/// letters, control characters are removed, accents composed. Not done: ftfy's guess at text that was decoded with the wrong encoding
/// ("cafÃ©"), which stays as it is.
/// </summary>
internal static partial class TextRepair
{
    private static readonly Dictionary<char, string> Ligatures =
        ("\u0132=IJ \u0133=ij \u0149='n \u01F1=DZ \u01F2=Dz \u01F3=dz \u01C4=D\u017D \u01C5=D\u017E \u01C6=d\u017E " +
        "\u01C7=LJ \u01C8=Lj \u01C9=lj \u01CA=NJ \u01CB=Nj \u01CC=nj " +
        "\uFB00=ff \uFB01=fi \uFB02=fl \uFB03=ffi \uFB04=ffl \uFB05=\u017Ft \uFB06=st")
        .Split(' ').ToDictionary(entry => entry[0], entry => entry[2..]);

    public static string Clean(string text)
    {
        if (IsPlain(text))
            return text;
        // In text that has no literal '<', references are decoded until none is left.
        for (var before = ""; before != text && !text.Contains('<', StringComparison.Ordinal);)
        {
            before = text;
            text = WholeReference().Replace(text, match => HtmlText.Unescape(match.Value));
        }
        text = TerminalEscape().Replace(text, "");
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Append(result, rune);
        return CanonicalForm.Compose(result.ToString());
    }

    private static void Append(StringBuilder result, Rune rune)
    {
        if (!rune.IsBmp)
        {
            if (rune.Value is not (>= 0x1D173 and <= 0x1D17A or >= 0xE0000 and <= 0xE007F))
                result.Append(rune.ToString());
            return;
        }
        var unit = (char)rune.Value;
        if (unit is >= '\u0080' and <= '\u009F' and not '\u0085')
            unit = HtmlText.FromWindows1252(unit);
        switch (unit)
        {
            case '\r' or '\u0085' or '\u2028' or '\u2029':
                result.Append('\n');
                break;
            case '\u02BC' or >= '\u2018' and <= '\u201B':
                result.Append('\'');
                break;
            case >= '\u201C' and <= '\u201F':
                result.Append('"');
                break;
            case <= '\u0008' or '\u000B' or >= '\u000E' and <= '\u001F' or '\u007F' or >= '\u206A' and <= '\u206F' or '\uFEFF' or >= '\uFFF9' and <= '\uFFFC':
                break;
            default:
                result.Append(Ligatures.GetValueOrDefault(unit) ?? UnicodeTables.StandardWidth(unit) ?? unit.ToString());
                break;
        }
    }

    // Printable ASCII without references: nearly all captions.
    private static bool IsPlain(string text)
    {
        foreach (var unit in text)
        {
            if (unit is < ' ' or > '~' or '&')
                return false;
        }
        return true;
    }

    [GeneratedRegex("&#?[0-9A-Za-z]{1,24};")]
    private static partial Regex WholeReference();

    [GeneratedRegex("\u001B\\[[0-9;]*[a-zA-Z]")]
    private static partial Regex TerminalEscape();
}
