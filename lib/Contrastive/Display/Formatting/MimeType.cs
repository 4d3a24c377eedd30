namespace Contrastive.Display;

internal static class MimeType
{
    public const string Html = "text/html";
    public const string Png = "image/png";
    public const string Plain = "text/plain";
}
