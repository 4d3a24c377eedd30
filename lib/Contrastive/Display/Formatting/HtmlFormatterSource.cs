namespace Contrastive.Display;

/// <summary>The formatters of what shows as HTML and as text. Found by its shape: a public constructor and <c>CreateTypeFormatters</c>.</summary>
internal sealed class HtmlFormatterSource
{
    private readonly string[] _mimeTypes = [MimeType.Html, MimeType.Plain];

    public IEnumerable<object> CreateTypeFormatters() => _mimeTypes.Select(mimeType => new MimeFormatter(mimeType));
}
