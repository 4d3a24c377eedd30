namespace Contrastive.Display;

/// <summary>Text and nothing else.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = [MimeType.Html, MimeType.Plain])]
internal sealed class PlainText(string text) : IDisplayable
{
    public string? As(string mimeType) => mimeType switch
    {
        MimeType.Plain => text,
        MimeType.Html => $"<pre style=\"white-space:pre-wrap;margin:0\">{Html.Escape(text)}</pre>",
        _ => null,
    };

    public override string ToString() => text;
}
