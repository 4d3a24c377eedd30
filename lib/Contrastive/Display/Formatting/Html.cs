using System.Net;

namespace Contrastive.Display;

internal static class Html
{
    /// <summary>Escapes text for HTML, attributes included.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);
}
