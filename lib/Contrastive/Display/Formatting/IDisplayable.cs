namespace Contrastive.Display;

/// <summary>A value that knows how it looks in a notebook and on a console.</summary>
internal interface IDisplayable
{
    /// <summary>The content as the MIME type asks, <c>image/png</c> as base64; null where the value has no such form.</summary>
    string? As(string mimeType);
}
