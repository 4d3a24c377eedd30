using System.Globalization;
using System.Text;

namespace Contrastive.Display;

/// <summary>A table as aligned lines.</summary>
internal static class TableText
{
    public static string Write(IReadOnlyList<TableColumn> columns, string? title, long hiddenRows)
    {
        var widths = columns.Select(column => column.Cells.Append(column.Heading).Max(Width)).ToArray();
        var text = new StringBuilder();
        if (title is not null)
            text.Append(title).Append('\n');
        Line(columns.Select(column => column.Heading));
        Line(widths.Select(width => new string('─', width)));
        var rows = columns.Count == 0 ? 0 : columns[0].Cells.Count;
        for (var row = 0; row < rows; row++)
            Line(columns.Select(column => column.Cells[row]));
        if (hiddenRows > 0)
            text.Append(CultureInfo.InvariantCulture, $"… {hiddenRows:N0} more rows\n");
        return text.ToString().TrimEnd('\n');

        void Line(IEnumerable<string> cells)
        {
            var padded = cells.Select((cell, index) => Pad(cell.ReplaceLineEndings(" "), widths[index], columns[index].IsNumeric));
            text.Append(string.Join("  ", padded).TrimEnd()).Append('\n');
        }
    }

    /// <summary>The number of characters that a reader sees, not of UTF-16 code units.</summary>
    private static int Width(string cell) => new StringInfo(cell).LengthInTextElements;

    private static string Pad(string cell, int width, bool right)
    {
        var blanks = new string(' ', Math.Max(0, width - Width(cell)));
        return right ? blanks + cell : cell + blanks;
    }
}
