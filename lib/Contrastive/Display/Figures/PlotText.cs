using System.Globalization;

namespace Contrastive.Display;

/// <summary>Values and texts as plotly.js takes them.</summary>
internal static class PlotText
{
    /// <summary>plotly.js reads a little HTML in its texts: ours say what they say.</summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal).ReplaceLineEndings("<br>");

    public static string[] Escape(IEnumerable<string> texts) => [.. texts.Select(Escape)];

    /// <summary>Five significant digits are more than a screen shows; what is not finite is a gap.</summary>
    public static double? Number(double value) =>
        double.IsFinite(value) ? double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;

    public static double?[] Numbers(IEnumerable<double> values) => [.. values.Select(Number)];
}
