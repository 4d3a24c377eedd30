using System.Net;
using System.Text.RegularExpressions;

namespace Contrastive.Kernel.Pages;

/// <summary>Text made safe for a page.</summary>
internal static partial class Html
{
    public static string Escape(string? text) => WebUtility.HtmlEncode(text ?? "");

    /// <summary>What a terminal would show: no color codes, and only the last state of a repeatedly overwritten line.</summary>
    public static string Console(string text)
    {
        var lines = TerminalCodes().Replace(text, "").Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n')
            .Select(line => line.TrimEnd('\r'))
            .Select(line => line[(line.LastIndexOf('\r') + 1)..]);
        return Escape(string.Join('\n', lines));
    }

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]")]
    private static partial Regex TerminalCodes();
}
