namespace Contrastive.Display;

/// <summary>Writes a value of ours as one MIME type. Found by its shape: <c>MimeType</c> and one <c>Format</c>.</summary>
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
