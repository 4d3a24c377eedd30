using System.Text;

namespace Contrastive.Torch;

/// <summary>Unicode's canonical normal forms (UAX #15), from the library's own tables.</summary>
internal static class CanonicalForm
{
    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7;
    private const int LeadCount = 19, VowelCount = 21, TailCount = 28, SyllableCount = LeadCount * VowelCount * TailCount;

    /// <summary>NFD: every accent as a character of its own, in canonical order.</summary>
    public static string Decompose(string text) => IsPlain(text, 0xC0) ? text : ToText(Decomposed(text));

    /// <summary>NFC: accents composed with their letters wherever Unicode has such a letter.</summary>
    public static string Compose(string text)
    {
        if (IsPlain(text, 0x300))
            return text; // nothing below U+0300 is changed by NFC
        var points = Decomposed(text);
        var kept = 0;
        var starter = -1;
        var lastClass = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            var combiningClass = UnicodeTables.CombiningClass(point);
            var blocked = starter >= 0 && starter < kept - 1 && (lastClass == 0 || lastClass >= combiningClass);
            if (starter >= 0 && !blocked && Composite(points[starter], point) is { } composite)
            {
                points[starter] = composite;
                continue;
            }
            if (combiningClass == 0)
                starter = kept;
            lastClass = combiningClass;
            points[kept++] = point;
        }
        points.RemoveRange(kept, points.Count - kept);
        return ToText(points);
    }

    private static bool IsPlain(string text, int limit)
    {
        foreach (var unit in text)
        {
            if (unit >= limit)
                return false;
        }
        return true;
    }

    private static List<int> Decomposed(string text)
    {
        var points = new List<int>(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var point = (int)text[i];
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                point = char.ConvertToUtf32(text[i], text[++i]);
            AddDecomposed(points, point);
        }
        Reorder(points);
        return points;
    }

    private static void AddDecomposed(List<int> points, int point)
    {
        var syllable = point - SyllableBase;
        if (syllable is >= 0 and < SyllableCount)
        {
            points.Add(LeadBase + syllable / (VowelCount * TailCount));
            points.Add(VowelBase + syllable % (VowelCount * TailCount) / TailCount);
            if (syllable % TailCount != 0)
                points.Add(TailBase + syllable % TailCount);
        }
        else if (UnicodeTables.Decomposition(point) is { } parts)
        {
            foreach (var part in parts)
                AddDecomposed(points, part);
        }
        else
        {
            points.Add(point);
        }
    }

    // A stable insertion sort of each run of combining characters by their class.
    private static void Reorder(List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var combiningClass = UnicodeTables.CombiningClass(points[i]);
            if (combiningClass == 0)
                continue;
            var moved = points[i];
            var at = i;
            for (; at > 0 && UnicodeTables.CombiningClass(points[at - 1]) > combiningClass; at--)
                points[at] = points[at - 1];
            points[at] = moved;
        }
    }

    private static int? Composite(int first, int second)
    {
        var lead = first - LeadBase;
        var vowel = second - VowelBase;
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
            return SyllableBase + (lead * VowelCount + vowel) * TailCount;
        var syllable = first - SyllableBase;
        var tail = second - TailBase;
        if (syllable is >= 0 and < SyllableCount && syllable % TailCount == 0 && tail is > 0 and < TailCount)
            return first + tail;
        return UnicodeTables.Composite(first, second);
    }

    private static string ToText(List<int> points)
    {
        var text = new StringBuilder(points.Count);
        foreach (var point in points)
        {
            if (point < 0x10000)
                text.Append((char)point); // a lone surrogate stays what it was
            else
                text.Append(char.ConvertFromUtf32(point));
        }
        return text.ToString();
    }
}
