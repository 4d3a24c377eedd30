using System.Globalization;
using System.Text;

namespace Contrastive.Display;

/// <summary>A table as HTML that looks the same in Jupyter, VS Code and our page, whatever their theme.</summary>
internal static class TableHtml
{
    private const string Style =
        "<style>.contrastive-table{border-collapse:collapse;font:14px/1.45 system-ui,sans-serif;font-variant-numeric:tabular-nums;margin:.4em 0}"
        + ".contrastive-table caption{text-align:left;font-weight:600;padding:0 0 .4em;white-space:nowrap}"
        + ".contrastive-table th,.contrastive-table td{padding:.22em .9em;border:0;text-align:left;vertical-align:top}"
        + ".contrastive-table th.n,.contrastive-table td.n{text-align:right}"
        + ".contrastive-table thead th{font-weight:600;border-bottom:1px solid rgba(128,128,128,.7)}"
        + ".contrastive-table tbody td{border-bottom:1px solid rgba(128,128,128,.2)}</style>";

    public static string Write(IReadOnlyList<TableColumn> columns, string? title, long hiddenRows)
    {
        var html = new StringBuilder(Style).Append("<table class=\"contrastive-table\">");
        if (title is not null)
            html.Append("<caption>").Append(Html.Escape(title)).Append("</caption>");
        html.Append("<thead><tr>");
        foreach (var column in columns)
            Cell("th", column, column.Heading);
        html.Append("</tr></thead><tbody>");
        var rows = columns.Count == 0 ? 0 : columns[0].Cells.Count;
        for (var row = 0; row < rows; row++)
        {
            html.Append("<tr>");
            foreach (var column in columns)
                Cell("td", column, column.Cells[row]);
            html.Append("</tr>");
        }

        if (hiddenRows > 0)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td colspan=\"{columns.Count}\">… {hiddenRows:N0} more rows</td></tr>");
        return html.Append("</tbody></table>").ToString();

        void Cell(string tag, TableColumn column, string text) => html
            .Append('<').Append(tag).Append(column.IsNumeric ? " class=\"n\">" : ">").Append(Html.Escape(text)).Append("</").Append(tag).Append('>');
    }
}
