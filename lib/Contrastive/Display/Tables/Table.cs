using System.Reflection;
using Microsoft.Data.Analysis;

namespace Contrastive.Display;

/// <summary>A table for display: numbers right-aligned, in the invariant culture.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = [MimeType.Html, MimeType.Plain])]
public sealed class Table : IDisplayable
{
    private const int MostRows = 50;

    private readonly List<TableColumn> _columns;
    private readonly string? _title;
    private readonly long _hiddenRows;

    private Table(List<TableColumn> columns, string? title, long hiddenRows) =>
        (_columns, _title, _hiddenRows) = (columns, title, hiddenRows);

    /// <summary>A table of the given headings and rows.</summary>
    /// <param name="headings">One heading for each column.</param>
    /// <param name="rows">The rows, each with a value for each column. The first 50 are shown.</param>
    /// <param name="title">The title above the table.</param>
    /// <exception cref="ArgumentException">A row has more or fewer values than there are headings.</exception>
    public static Table Of(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<object?>> rows, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(headings);
        ArgumentNullException.ThrowIfNull(rows);
        var all = rows.ToList();
        var uneven = all.FindIndex(row => row.Count != headings.Count);
        if (uneven >= 0)
            throw new ArgumentException($"Row {uneven} has {all[uneven].Count} values; expected {headings.Count}, one for each heading.", nameof(rows));
        var shown = all.Take(MostRows).ToList();
        var columns = headings.Select((heading, index) => TableColumn.Of(heading, [.. shown.Select(row => row[index])])).ToList();
        return new Table(columns, title, all.Count - shown.Count);
    }

    /// <summary>A table of records or anonymous objects: one row each, one column for each public property.</summary>
    /// <param name="rows">The rows. The first 50 are shown.</param>
    /// <param name="title">The title above the table.</param>
    public static Table Of<T>(IEnumerable<T> rows, string? title = null)
        where T : notnull
    {
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0).ToArray();
        if (properties.Length == 0)
            throw new ArgumentException($"{typeof(T).Name} has no public properties to make columns of; use records, or give headings and rows.", nameof(rows));
        return Of(
            [.. properties.Select(property => Words(property.Name))],
            rows.Select(row => (IReadOnlyList<object?>)[.. properties.Select(property => property.GetValue(row))]),
            title);
    }

    /// <summary>A table of a data frame.</summary>
    /// <param name="frame">The data frame. Its first 50 rows are shown.</param>
    /// <param name="title">The title above the table.</param>
    public static Table Of(DataFrame frame, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var shown = Math.Min(MostRows, frame.Rows.Count);
        var columns = frame.Columns.Select(column => TableColumn.Of(column.Name, [.. Enumerable.Range(0, (int)shown).Select(row => column[row])]));
        return new Table([.. columns], title, frame.Rows.Count - shown);
    }

    /// <summary>The table in plain text, its columns aligned.</summary>
    public override string ToString() => TableText.Write(_columns, _title, _hiddenRows);

    string? IDisplayable.As(string mimeType) => mimeType switch
    {
        MimeType.Html => TableHtml.Write(_columns, _title, _hiddenRows),
        MimeType.Plain => ToString(),
        _ => null,
    };

    /// <summary><c>BatchSize</c> as <c>Batch size</c>; a run of capitals is kept, also behind one small letter: <c>kNN</c>.</summary>
    private static string Words(string name) => string.Concat(name.Select((letter, place) =>
        place > 0 && char.IsUpper(letter) && !char.IsUpper(name[place - 1]) && !(place == 1 && name.Length > 2 && char.IsUpper(name[2]))
            ? $" {(place + 1 < name.Length && char.IsUpper(name[place + 1]) ? letter : char.ToLowerInvariant(letter))}"
            : letter.ToString()));
}

/// <summary>A column as displayed: its heading, its cells as text, and their alignment.</summary>
internal sealed record TableColumn(string Heading, bool IsNumeric, IReadOnlyList<string> Cells)
{
    public static TableColumn Of(string heading, IReadOnlyList<object?> values)
    {
        var isNumeric = values.Any(value => value is not null) && values.All(value => value is null || NumberText.IsNumber(value));
        return new TableColumn(heading, isNumeric, NumberText.Column(values));
    }
}
