using System.Globalization;

namespace Contrastive.Display;

/// <summary>Values and text as plotly.js expects them.</summary>
internal static class PlotText
{
    /// <summary>plotly.js interprets some HTML in text: escaped, ours is shown literally.</summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal).ReplaceLineEndings("<br>");

    public static string[] Escape(IEnumerable<string> texts) => [.. texts.Select(Escape)];

    /// <summary>Five significant digits are more than a screen shows; a non-finite value is a gap.</summary>
    public static double? Number(double value) =>
        double.IsFinite(value) ? double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;

    public static double?[] Numbers(IEnumerable<double> values) => [.. values.Select(Number)];
}
