namespace Contrastive.Display;

/// <summary>Shares of values in common bins.</summary>
internal static class HistogramFigure
{
    private const int Bins = 40;
    private const int MostBins = 1000;

    public static FigureData Of(string title, string xTitle, IReadOnlyList<Series> series, double? binWidth)
    {
        if (binWidth is { } wanted && !(wanted > 0 && double.IsFinite(wanted)))
            throw new ArgumentOutOfRangeException(nameof(binWidth), wanted, "The width of a bin must be a finite number above zero, such as 1 for whole numbers.");
        if (series.Count == 0)
            throw new ArgumentException("There is no series to count; give at least one, such as (\"positives\", cosines).", nameof(series));
        var values = series.Select(each => each.Values.Where(double.IsFinite).ToArray()).ToArray();
        var empty = Array.FindIndex(values, each => each.Length == 0);
        if (empty >= 0)
            throw new ArgumentException($"Series '{series[empty].Name}' has no finite values to count.", nameof(series));
        var (least, width, count) = Layout(values.Min(each => each.Min()), values.Max(each => each.Max()), binWidth);
        var centers = PlotText.Numbers(Enumerable.Range(0, count).Select(bin => least + (width * (bin + 0.5))));
        return new FigureData("histogram", PlotText.Escape(title), PlotText.Escape(xTitle), "share")
        {
            Series = [.. values.Select((each, color) => new SeriesData(PlotText.Escape(series[color].Name), color, Shares(each, least, width, count)) { X = centers, BarWidth = width })],
            Summary = [.. values.Zip(series, (each, named) => $"{named.Name}: {each.Length} values, mean {NumberText.Fraction(each.Average())}, "
                + $"from {NumberText.Fraction(each.Min())} to {NumberText.Fraction(each.Max())}")],
        };
    }

    /// <summary>Where the first bin begins, how wide each is and how many there are. A given width puts whole multiples of it in the middle of bins.</summary>
    private static (double Least, double Width, int Count) Layout(double least, double most, double? binWidth)
    {
        if (binWidth is not { } given)
            return (least, most > least ? (most - least) / Bins : 1, Bins);
        double Bin(double value) => Math.Floor((value / given) + 0.5);
        var count = Bin(most) - Bin(least) + 1;
        if (count > MostBins)
            throw new ArgumentOutOfRangeException(nameof(binWidth), given, $"Values from {NumberText.Fraction(least)} to {NumberText.Fraction(most)} need {count:N0} bins of that width; at most {MostBins} can be drawn.");
        return ((Bin(least) - 0.5) * given, given, (int)count);
    }

    private static double?[] Shares(double[] values, double least, double width, int bins)
    {
        var counts = new double[bins];
        foreach (var value in values)
            counts[Math.Min(bins - 1, (int)((value - least) / width))]++;
        return PlotText.Numbers(counts.Select(count => count / values.Length));
    }
}
