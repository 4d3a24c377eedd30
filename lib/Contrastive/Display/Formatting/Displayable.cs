namespace Contrastive.Display;

/// <summary>A value that can render itself in a notebook and on a console.</summary>
internal interface IDisplayable
{
    /// <summary>The content in the MIME type, <c>image/png</c> as base64; null if the value has no such form.</summary>
    string? As(string mimeType);
}

/// <summary>Plain text only.</summary>
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

internal static class MimeType
{
    public const string Html = "text/html";
    public const string Png = "image/png";
    public const string Plain = "text/plain";
}
