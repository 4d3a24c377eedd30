using System.Text.Json.Nodes;
using Contrastive.Kernel.Documents;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Contrastive.Kernel.Pages;

/// <summary>Markdown as HTML. Pictures beside the notebook are put into the page; a remote one becomes a link, for a page makes no
/// requests; one that is missing leaves a note.</summary>
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
        foreach (var link in document.Descendants<LinkInline>().Where(link => link.IsImage).ToList())
        {
            var url = link.Url ?? "";
            if (url.Contains("://", StringComparison.Ordinal))
            {
                link.IsImage = false;
                continue;
            }

            var picture = Find(url, attachments);
            if (picture.Content is not null)
            {
                link.Url = picture.Content;
            }
            else
            {
                link.ReplaceBy(Note(link, $"{url}: {picture.Missing}"), copyChildren: false);
            }
        }

        foreach (var formula in document.Descendants<MathInline>().Where(formula => formula.DelimiterCount > 1))
        {
            formula.GetAttributes().AddClass("display"); // $$ on the same line as its text
        }

        return document.ToHtml(Pipeline);
    }

    private Picture Find(string url, JsonObject? attachments)
    {
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return new(url, null);
        }

        const string attachment = "attachment:";
        if (!url.StartsWith(attachment, StringComparison.Ordinal))
        {
            return Picture.Read(url, folder);
        }

        var content = attachments?[Uri.UnescapeDataString(url[attachment.Length..])] as JsonObject;
        return content?.FirstOrDefault() is { Key: { } mimeType, Value: { } data }
            ? new($"data:{mimeType};base64,{MultilineText.Read(data)}", null)
            : new(null, "the cell has no such attachment");
    }

    private static HtmlInline Note(LinkInline picture, string why)
    {
        var shows = string.Concat(picture.Descendants<LiteralInline>().Select(text => text.Content.ToString()));
        return new HtmlInline($"<span class=\"missing\">A picture is missing{(shows.Length > 0 ? $" ({Html.Escape(shows)})" : "")}. {Html.Escape(why)}.</span>");
    }
}
