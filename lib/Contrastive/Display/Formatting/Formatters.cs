namespace Contrastive.Display;

/// <summary>
/// Names the class that makes a type's formatters. .NET Interactive and our own kernel look for an attribute of this name and these
/// properties, wherever it is defined, so a cell's last expression is displayed with no reference to either.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = [];
}

/// <summary>The formatters of HTML and text values. Duck-typed: a public constructor and <c>CreateTypeFormatters</c>.</summary>
internal sealed class HtmlFormatterSource
{
    private readonly string[] _mimeTypes = [MimeType.Html, MimeType.Plain];

    public IEnumerable<object> CreateTypeFormatters() => _mimeTypes.Select(mimeType => new MimeFormatter(mimeType));
}

/// <summary>The formatters of values that are also images. Duck-typed: a public constructor and <c>CreateTypeFormatters</c>.</summary>
internal sealed class PictureFormatterSource
{
    private readonly string[] _mimeTypes = [MimeType.Html, MimeType.Png, MimeType.Plain];

    public IEnumerable<object> CreateTypeFormatters() => _mimeTypes.Select(mimeType => new MimeFormatter(mimeType));
}

/// <summary>Writes one of our values as one MIME type. Duck-typed: <c>MimeType</c> and one <c>Format</c>.</summary>
internal sealed class MimeFormatter(string mimeType)
{
    public string MimeType { get; } = mimeType;

    public bool Format(object instance, TextWriter writer)
    {
        if ((instance as IDisplayable)?.As(MimeType) is not { } content)
            return false;
        writer.Write(content);
        return true;
    }
}
