namespace Contrastive.Display;

/// <summary>A tick, and what was proved.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = [MimeType.Html, MimeType.Plain])]
public sealed class CheckMark : IDisplayable
{
    private readonly string _statement;

    internal CheckMark(string statement) => _statement = statement;

    /// <summary>The tick and the statement in plain text.</summary>
    public override string ToString() => $"✓ {_statement}";

    string? IDisplayable.As(string mimeType) => mimeType switch
    {
        MimeType.Html => $"<div style=\"font:14px/1.45 system-ui,sans-serif\"><span style=\"color:#009E73;font-weight:700\">✓</span> {Html.Escape(_statement)}</div>",
        MimeType.Plain => ToString(),
        _ => null,
    };
}
