namespace Contrastive.Display;

/// <summary>The formatters of what is also a picture. Found by its shape: a public constructor and <c>CreateTypeFormatters</c>.</summary>
internal sealed class PictureFormatterSource
{
    private readonly string[] _mimeTypes = [MimeType.Html, MimeType.Png, MimeType.Plain];

    public IEnumerable<object> CreateTypeFormatters() => _mimeTypes.Select(mimeType => new MimeFormatter(mimeType));
}
