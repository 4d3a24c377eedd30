namespace Contrastive.Display;

/// <summary>Shares of values in common bins.</summary>
internal static class HistogramFigure
{
    private const int Bins = 40;

    public static FigureData Of(string title, string xTitle, IReadOnlyList<Series> series)
    {
        if (series.Count == 0)
            throw new ArgumentException("There is no series to count; give at least one, such as (\"positives\", cosines).", nameof(series));
        var values = series.Select(each => each.Values.Where(double.IsFinite).ToArray()).ToArray();
        var empty = Array.FindIndex(values, each => each.Length == 0);
        if (empty >= 0)
            throw new ArgumentException($"Series '{series[empty].Name}' has no finite values to count.", nameof(series));
        var least = values.Min(each => each.Min());
        var width = (values.Max(each => each.Max()) - least) / Bins;
        width = width > 0 ? width : 1;
        var centers = PlotText.Numbers(Enumerable.Range(0, Bins).Select(bin => least + (width * (bin + 0.5))));
        return new FigureData("histogram", PlotText.Escape(title), PlotText.Escape(xTitle), "share")
        {
            Series = [.. values.Select((each, color) => new SeriesData(PlotText.Escape(series[color].Name), color, Shares(each, least, width)) { X = centers, BarWidth = width })],
            Summary = [.. values.Zip(series, (each, named) => $"{named.Name}: {each.Length} values, mean {NumberText.Fraction(each.Average())}, "
                + $"from {NumberText.Fraction(each.Min())} to {NumberText.Fraction(each.Max())}")],
        };
    }

    private static double?[] Shares(double[] values, double least, double width)
    {
        var counts = new double[Bins];
        foreach (var value in values)
            counts[Math.Min(Bins - 1, (int)((value - least) / width))]++;
        return PlotText.Numbers(counts.Select(count => count / values.Length));
    }
}
