using System.Globalization;

namespace Contrastive.Display;

/// <summary>The color scale of <see cref="Overlay.Heat"/> with the values at its ends.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = [MimeType.Html, MimeType.Plain])]
public sealed class HeatLegend : IDisplayable
{
    private readonly string _title;

    internal HeatLegend(string title, double least, double most) => (_title, Least, Most) = (title, least, most);

    /// <summary>The value of the darkest color.</summary>
    public double Least { get; }

    /// <summary>The value of the lightest color.</summary>
    public double Most { get; }

    /// <summary>The scale in plain text.</summary>
    public override string ToString() => $"{_title} from {Number(Least)} (dark violet) to {Number(Most)} (light yellow)";

    string? IDisplayable.As(string mimeType) => mimeType switch
    {
        MimeType.Html => $"<div style=\"font:13px/1.35 system-ui,sans-serif;display:flex;gap:.5em;align-items:center;margin:.4em 0\">{Html.Escape(_title)} {Number(Least)}"
            + $"<span role=\"img\" aria-label=\"{Html.Escape(ToString())}\" style=\"width:160px;height:12px;background:linear-gradient(90deg,{HeatColors.Css})\"></span>{Number(Most)}</div>",
        MimeType.Plain => ToString(),
        _ => null,
    };

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
