namespace Contrastive.Display;

/// <summary>A check mark and the statement it confirms.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = [MimeType.Html, MimeType.Plain])]
public sealed class CheckMark : IDisplayable
{
    private readonly string _statement;

    internal CheckMark(string statement) => _statement = statement;

    /// <summary>The check mark and the statement in plain text.</summary>
    public override string ToString() => $"✓ {_statement}";

    string? IDisplayable.As(string mimeType) => mimeType switch
    {
        MimeType.Html => $"<div style=\"font:14px/1.45 system-ui,sans-serif\"><span style=\"color:#009E73;font-weight:700\">✓</span> {Html.Escape(_statement)}</div>",
        MimeType.Plain => ToString(),
        _ => null,
    };
}

/// <summary>The state of an exercise: open, right, or wrong with a hint.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = [MimeType.Html, MimeType.Plain])]
public sealed class ExerciseMark : IDisplayable
{
    private readonly string _symbol;
    private readonly string _color;
    private readonly string _text;

    private ExerciseMark(string symbol, string color, string text) => (_symbol, _color, _text) = (symbol, color, text);

    internal static ExerciseMark Open(string question) => new("○", "#767676", $"{question}: not answered yet. Fill in the cell above and run it again.");

    internal static ExerciseMark Right(string question) => new("✓", "#009E73", $"{question}: right.");

    internal static ExerciseMark Wrong(string question, string found) => new("✗", "#D55E00", $"{question}: {found}");

    /// <summary>The mark and its text.</summary>
    public override string ToString() => $"{_symbol} {_text}";

    string? IDisplayable.As(string mimeType) => mimeType switch
    {
        MimeType.Html => $"<div style=\"font:14px/1.45 system-ui,sans-serif\"><span style=\"color:{_color};font-weight:700\">{_symbol}</span> {Html.Escape(_text)}</div>",
        MimeType.Plain => ToString(),
        _ => null,
    };
}
