using System.Globalization;
using System.Text;

namespace Contrastive.Display;

/// <summary>An image grid as HTML: one picture if there is no text between the images, otherwise one per image.</summary>
internal sealed record ImageGridHtml(
    string? Title, int Columns, int TileWidth, IReadOnlyList<string>? Captions, IReadOnlyList<string>? RowLabels, IReadOnlyList<string>? ColumnLabels)
{
    private const string Style =
        "<style>.contrastive-images{font:13px/1.35 system-ui,sans-serif;margin:.4em 0;max-width:100%;overflow-x:auto}"
        + ".contrastive-images img{image-rendering:pixelated;display:block;max-width:100%;height:auto}"
        + ".contrastive-images .t{font-weight:600;font-size:14px;margin-bottom:.5em}"
        + ".contrastive-images .g{display:inline-grid;gap:6px;align-items:start}"
        + ".contrastive-images .c{text-align:center;overflow-wrap:anywhere;padding-top:2px}"
        + ".contrastive-images .r{align-self:center;padding-right:.6em;text-align:right}</style>";

    public IReadOnlyList<string> Pictures { get; init; } = [];

    public int SheetWidth { get; init; }

    public string Write()
    {
        var html = new StringBuilder(Style).Append("<div class=\"contrastive-images\">");
        if (Title is not null)
            html.Append("<div class=\"t\">").Append(Html.Escape(Title)).Append("</div>");
        if (Pictures.Count == 1 && Captions is null && RowLabels is null && ColumnLabels is null)
            html.Append(Picture(Pictures[0], SheetWidth, Title));
        else
            Grid(html);
        return html.Append("</div>").ToString();
    }

    /// <summary>The captions of each row, for a console.</summary>
    public IEnumerable<string> CaptionRows() => Captions is null
        ? []
        : Captions.Chunk(Columns).Select((row, index) => $"  {(RowLabels is null ? "" : RowLabels[index] + ": ")}{string.Join(", ", row)}");

    private void Grid(StringBuilder html)
    {
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"g\" style=\"grid-template-columns:{(RowLabels is null ? "" : "max-content ")}repeat({Columns},{TileWidth}px)\">");
        if (ColumnLabels is not null)
        {
            if (RowLabels is not null)
                html.Append("<div></div>");
            foreach (var label in ColumnLabels)
                html.Append("<div class=\"c\">").Append(Html.Escape(label)).Append("</div>");
        }

        for (var tile = 0; tile < Pictures.Count; tile++)
        {
            if (RowLabels is not null && tile % Columns == 0)
                html.Append("<div class=\"r\">").Append(Html.Escape(RowLabels[tile / Columns])).Append("</div>");
            html.Append("<div>").Append(Picture(Pictures[tile], TileWidth, Captions?[tile]));
            if (Captions is not null)
                html.Append("<div class=\"c\">").Append(Html.Escape(Captions[tile])).Append("</div>");
            html.Append("</div>");
        }

        html.Append("</div>");
    }

    private static string Picture(string base64, int width, string? alternative) => string.Create(
        CultureInfo.InvariantCulture,
        $"<img width=\"{width}\" alt=\"{Html.Escape(alternative ?? "images")}\" src=\"data:image/png;base64,{base64}\">");
}
