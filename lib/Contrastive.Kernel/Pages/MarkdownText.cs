using System.Text.Json.Nodes;
using Contrastive.Kernel.Documents;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Contrastive.Kernel.Pages;

/// <summary>Markdown as HTML. Pictures are embedded in the page; a remote one becomes a link, for a page makes no requests.</summary>
internal sealed class MarkdownText(string folder)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseEmphasisExtras().UseAutoLinks().UseMathematics().UseFootnotes().UseTaskLists().UseListExtras()
        .UseAlertBlocks().UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .Build();

    public string Render(NotebookCell cell) => Render(cell.Source, cell.Json["attachments"] as JsonObject);

    public string Render(string markdown, JsonObject? attachments = null)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var picture in document.Descendants<LinkInline>().Where(link => link.IsImage).ToList())
        {
            if (Embedded(picture.Url ?? "", attachments) is { } content)
            {
                picture.Url = content;
            }
            else
            {
                picture.IsImage = false;
            }
        }

        foreach (var formula in document.Descendants<MathInline>().Where(formula => formula.DelimiterCount > 1))
        {
            formula.GetAttributes().AddClass("display"); // $$ on the same line as its text
        }

        return document.ToHtml(Pipeline);
    }

    private string? Embedded(string url, JsonObject? attachments)
    {
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return url;
        }

        if (url.StartsWith("attachment:", StringComparison.Ordinal))
        {
            var content = attachments?[Uri.UnescapeDataString(url["attachment:".Length..])] as JsonObject;
            return content?.FirstOrDefault() is { Key: { } mimeType, Value: { } data } ? $"data:{mimeType};base64,{MultilineText.Read(data)}" : null;
        }

        var type = Path.GetExtension(url).ToLowerInvariant() switch
        {
            ".png" => "image/png",
            ".jpg" or ".jpeg" => "image/jpeg",
            ".gif" => "image/gif",
            ".svg" => "image/svg+xml",
            ".webp" => "image/webp",
            _ => null,
        };
        if (type is null || url.Contains("://", StringComparison.Ordinal))
        {
            return null;
        }

        var path = Path.GetFullPath(Uri.UnescapeDataString(url), folder);
        return File.Exists(path) ? $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}" : null;
    }
}
