using System.Net;

namespace Contrastive.Display;

internal static class Html
{
    /// <summary>Foreign text as it may stand in HTML, attributes included.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);
}
