namespace Contrastive.Display;

/// <summary>A row for each thing measured: this run's value as a full disc with its number, other seeds' as paler ones.</summary>
internal static class DotFigure
{
    /// <summary>Of values in [0, 1] that span less than this share of it, the axis shows the span only.</summary>
    private const double Narrow = 0.2;

    public static FigureData Of(string title, string axisTitle, IReadOnlyList<Dot> rows, IReadOnlyList<(string Name, double Value)> references)
    {
        if (rows.Count == 0)
            throw new ArgumentException("There are no rows to draw; give at least one, such as new Dot(\"trained\", 0.72).", nameof(rows));
        foreach (var (name, value) in rows.SelectMany(row => Values(row).Select(value => (row.Name, value))).Concat(references))
        {
            if (!double.IsFinite(value))
                throw new ArgumentException($"A value of '{name}' is {value}; expected finite numbers.", nameof(rows));
        }

        var names = Distinct(rows);
        var measured = rows.Index().Where(row => row.Item.Value is not null).ToArray();
        var texts = NumberText.Beside([.. measured.Select(row => row.Item.Value!.Value)]);
        var others = rows.Index().SelectMany(row => (row.Item.Others ?? []).Select(value => (row.Index, Value: value))).ToArray();
        var own = new SeriesData("this run", 0, []) { X = PlotText.Numbers(measured.Select(row => row.Item.Value!.Value)), Labels = [.. measured.Select(row => names[row.Index])], Hover = texts };
        var pale = new SeriesData("other seeds", 0, []) { X = PlotText.Numbers(others.Select(other => other.Value)), Labels = [.. others.Select(other => names[other.Index])], Faint = true };
        return new FigureData("dots", PlotText.Escape(title), PlotText.Escape(axisTitle), "", Height: 150 + (30 * rows.Count))
        {
            Series = others.Length > 0 ? [pale, own] : [own],
            Rows = names,
            References = [.. references.Select(reference => new ReferenceData(PlotText.Escape(reference.Name), reference.Value))],
            Range = Range([.. rows.SelectMany(Values), .. references.Select(reference => reference.Value)]),
            Summary = [.. rows.Select(Describe), .. references.Select(reference => $"{reference.Name} (line): {NumberText.Fraction(reference.Value)}")],
        };
    }

    private static IEnumerable<double> Values(Dot row) => [.. row.Value is { } value ? [value] : Array.Empty<double>(), .. row.Others ?? []];

    // plotly.js draws rows of equal names as one.
    private static string[] Distinct(IReadOnlyList<Dot> rows) =>
        [.. rows.Select((row, place) => PlotText.Escape(row.Name) + new string('\u200b', rows.Take(place).Count(before => before.Name == row.Name)))];

    private static double[] Range(double[] values)
    {
        var (least, most) = values.Length == 0 ? (0, 1) : (values.Min(), values.Max());
        var span = most - least;
        if (least >= 0 && (most > 1 || span >= Narrow || span == 0))
            return [0, most == 0 ? 1 : most * 1.1];
        return [least - (0.15 * span), most + (0.2 * span)];
    }

    private static string Describe(Dot row)
    {
        var others = row.Others is { Count: > 0 } values ? $"other seeds {string.Join(", ", values.Select(NumberText.Fraction))}" : "";
        return (row.Value, others) switch
        {
            (null, "") => $"{row.Name}: not measured in this run",
            (null, _) => $"{row.Name}: {others}",
            ({ } value, "") => $"{row.Name}: {NumberText.Fraction(value)}",
            ({ } value, _) => $"{row.Name}: {NumberText.Fraction(value)} ({others})",
        };
    }
}
