using System.Text.Json.Nodes;
using Contrastive.Kernel.Documents;

namespace Contrastive.Kernel.Pages;

/// <summary>A picture among a cell's outputs.</summary>
/// <param name="Name">The file's name without extension: the cell's number, and the output's index in the cell.</param>
/// <param name="Png">The picture, if the cell produced it; null if a browser must draw it.</param>
internal sealed record Figure(string Name, byte[]? Png)
{
    private static readonly string[] Drawn = ["<svg", "<canvas", "<img", "<script"];

    /// <summary>The output's figure; null if it is not one.</summary>
    public static Figure? Of(int cell, int place, JsonNode? output)
    {
        if (output?["data"] is not JsonObject data)
        {
            return null;
        }

        var name = FormattableString.Invariant($"{cell:00}-{place + 1}");
        if (MultilineText.Read(data["image/png"]) is { } base64)
        {
            var png = new byte[base64.Length];
            return Convert.TryFromBase64String(base64.ReplaceLineEndings(""), png, out var length) ? new Figure(name, png[..length]) : null;
        }

        var html = MultilineText.Read(data["text/html"]) ?? MultilineText.Read(data["image/svg+xml"]);
        return html is not null && Drawn.Any(tag => html.Contains(tag, StringComparison.OrdinalIgnoreCase)) ? new Figure(name, null) : null;
    }
}
