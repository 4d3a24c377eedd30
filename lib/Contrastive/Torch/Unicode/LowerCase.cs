using System.Text;

namespace Contrastive.Torch;

/// <summary>Unicode's full lower-casing as Python's <c>str.lower</c> does it; .NET's has one-to-one mappings only.</summary>
internal static class LowerCase
{
    private const char CapitalSigma = '\u03A3', Sigma = '\u03C3', FinalSigma = '\u03C2';

    /// <summary>Lower-cases each character on its own: the dotted capital I becomes two characters.</summary>
    public static string EachCharacter(string text) => text.ToLowerInvariant().Replace("\u0130", "i\u0307", StringComparison.Ordinal);

    /// <summary>Lower-cases a text: in addition, a capital sigma at the end of a word becomes a final sigma.</summary>
    public static string WholeText(string text)
    {
        if (!text.Contains(CapitalSigma, StringComparison.Ordinal))
            return EachCharacter(text);
        var points = text.EnumerateRunes().Select(rune => rune.Value).ToArray();
        var marked = new StringBuilder(text.Length);
        for (var i = 0; i < points.Length; i++)
        {
            if (points[i] == CapitalSigma)
                marked.Append(IsFinal(points, i) ? FinalSigma : Sigma);
            else
                marked.Append(char.ConvertFromUtf32(points[i]));
        }
        return EachCharacter(marked.ToString());
    }

    private static bool IsFinal(int[] points, int at)
    {
        var before = at - 1;
        while (before >= 0 && UnicodeTables.IsSigmaIgnorable(points[before]))
            before--;
        if (before < 0 || !UnicodeTables.IsCased(points[before]))
            return false;
        var after = at + 1;
        while (after < points.Length && UnicodeTables.IsSigmaIgnorable(points[after]))
            after++;
        return after >= points.Length || !UnicodeTables.IsCased(points[after]);
    }
}
