using System.Globalization;
using System.Text;

namespace Contrastive.Display;

/// <summary>A search gallery as HTML: the query, then its results beside it, or below each other where they are texts.</summary>
internal static class SearchGalleryHtml
{
    private const string Style =
        "<style>.contrastive-gallery{font:13px/1.4 system-ui,sans-serif;margin:.4em 0;max-width:100%;overflow-x:auto}"
        + ".contrastive-gallery .t{font-weight:600;font-size:14px;margin-bottom:.5em}"
        + ".contrastive-gallery .q{display:flex;gap:14px;align-items:flex-start;padding:.5em 0;border-bottom:1px solid rgba(128,128,128,.2)}"
        + ".contrastive-gallery .w{flex:none;width:13em;overflow-wrap:anywhere}"
        + ".contrastive-gallery .l{align-self:center}"
        + ".contrastive-gallery .c{flex:none;overflow-wrap:anywhere}"
        + ".contrastive-gallery img{image-rendering:pixelated;display:block;height:auto;border-bottom:3px solid transparent}"
        + ".contrastive-gallery .y img{border-color:#009E73}.contrastive-gallery .n img{border-color:#D55E00}"
        + ".contrastive-gallery b{color:#767676}.contrastive-gallery .y b{color:#009E73}.contrastive-gallery .n b{color:#D55E00}"
        + ".contrastive-gallery i{font-style:normal;color:#767676;font-variant-numeric:tabular-nums}</style>";

    public static string Write(string? title, IReadOnlyList<GalleryRow> rows, int pictureWidth)
    {
        var html = new StringBuilder(Style).Append("<div class=\"contrastive-gallery\">");
        if (title is not null)
            html.Append("<div class=\"t\">").Append(Html.Escape(title)).Append("</div>");
        foreach (var row in rows)
        {
            html.Append("<div class=\"q\">");
            if (row.Picture is not null)
                Picture(html, row.Picture, pictureWidth, "the image searched for").Append("<div class=\"l\">");
            else
                html.Append("<div class=\"w\">").Append(Html.Escape(row.Text ?? "")).Append("</div>");
            foreach (var result in row.Results)
                Result(html, result, pictureWidth);
            html.Append(row.Picture is not null ? "</div></div>" : "</div>");
        }

        return html.Append("</div>").ToString();
    }

    private static void Result(StringBuilder html, GalleryResult result, int pictureWidth)
    {
        var verdict = result.IsRight switch { true => "y", false => "n", null => "" };
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"c {verdict}\"{(result.Picture is null ? "" : FormattableString.Invariant($" style=\"width:{pictureWidth}px\""))}>");
        if (result.Picture is not null)
            Picture(html, result.Picture, pictureWidth, result.Text ?? FormattableString.Invariant($"image {result.Item}"));
        html.Append("<b>").Append(result.Mark).Append("</b> <i>").Append(result.ScoreText).Append("</i> ").Append(Html.Escape(result.Text ?? "")).Append("</div>");
    }

    private static StringBuilder Picture(StringBuilder html, string base64, int width, string alternative) => html.Append(
        CultureInfo.InvariantCulture, $"<img width=\"{width}\" alt=\"{Html.Escape(alternative)}\" src=\"data:image/png;base64,{base64}\">");
}
