namespace Contrastive.Display;

/// <summary>A column as it is read: its heading, its cells as text, and on which side they stand.</summary>
internal sealed record TableColumn(string Heading, bool IsNumeric, IReadOnlyList<string> Cells)
{
    public static TableColumn Of(string heading, IReadOnlyList<object?> values)
    {
        var isNumeric = values.Any(value => value is not null) && values.All(value => value is null || NumberText.IsNumber(value));
        return new TableColumn(heading, isNumeric, NumberText.Column(values));
    }
}
