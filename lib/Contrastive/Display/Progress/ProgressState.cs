using System.Globalization;
using System.Text;

namespace Contrastive.Display;

/// <summary>A snapshot of a loop's progress, as displayed.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = [MimeType.Html, MimeType.Plain])]
internal sealed record ProgressState(
    string Title, long Step, long Total, TimeSpan Elapsed, double? Rate, IReadOnlyList<(string Name, double Value)> Values) : IDisplayable
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public bool IsDone => Step >= Total;

    public string? As(string mimeType) => mimeType switch
    {
        MimeType.Plain => ToString(),
        MimeType.Html => Bar(),
        _ => null,
    };

    public override string ToString() => (Title.Length > 0 ? Title + ": " : "") + Line();

    private string Line()
    {
        var line = new StringBuilder().Append(Culture, $"{Step:N0}/{Total:N0} ({Math.Floor(100.0 * Step / Total):0} %)");
        if (Rate is { } rate)
            line.Append(Culture, $" · {Speed(rate)}");
        if (IsDone)
            line.Append(" · ").Append(Duration(Elapsed)).Append(" in all");
        else if (Rate is > 0)
            line.Append(" · ").Append(Duration(TimeSpan.FromSeconds((Total - Step) / Rate.Value))).Append(" left");
        foreach (var (name, value) in Values)
            line.Append(" · ").Append(name).Append(' ').Append(NumberText.Fraction(value));
        return line.ToString();
    }

    private string Bar() => string.Create(
        Culture,
        $"<div style=\"font:14px/1.45 system-ui,sans-serif;font-variant-numeric:tabular-nums;margin:.3em 0\">{(Title.Length > 0 ? $"<b>{Html.Escape(Title)}</b> " : "")}"
        + $"<span style=\"display:inline-block;width:160px;height:8px;border-radius:4px;background:rgba(128,128,128,.25);overflow:hidden;margin:0 .6em\">"
        + $"<span style=\"display:block;height:8px;width:{100.0 * Math.Min(Step, Total) / Total:0.#}%;background:#0072B2\"></span></span>{Html.Escape(Line())}</div>");

    private static string Speed(double rate) =>
        rate >= 1 ? $"{NumberText.Short(rate)} steps/s" : $"{NumberText.Short(1 / Math.Max(rate, 1e-9))} s/step";

    private static string Duration(TimeSpan time) => time.TotalSeconds switch
    {
        < 10 => string.Create(Culture, $"{time.TotalSeconds:0.0} s"),
        < 90 => string.Create(Culture, $"{time.TotalSeconds:0} s"),
        < 3600 => string.Create(Culture, $"{(int)time.TotalMinutes} min {time.Seconds:00} s"),
        _ => string.Create(Culture, $"{(int)time.TotalHours} h {time.Minutes:00} min"),
    };
}
