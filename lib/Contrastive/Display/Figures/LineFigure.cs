namespace Contrastive.Display;

/// <summary>Lines over steps or any other x values.</summary>
internal static class LineFigure
{
    private const int MostPoints = 2000;
    private const int ShortestSmoothed = 20;
    private const int MostWholeSteps = 12;

    public static FigureData Of(string title, string xTitle, string yTitle, IReadOnlyList<Series> series, bool smooth, bool logarithmic = false)
    {
        if (series.Count == 0)
            throw new ArgumentException("There is no series to draw; give at least one, such as (\"loss\", losses).", nameof(series));
        return new FigureData("lines", PlotText.Escape(title), PlotText.Escape(xTitle), PlotText.Escape(yTitle))
        {
            Series = [.. series.SelectMany((each, place) => Lines(each, series.Take(place).Count(before => !before.Reference), smooth))],
            Logarithmic = logarithmic,
            Step = WholeStep(series),
            Summary = [.. series.Select(Describe)],
        };
    }

    /// <summary>Between a few whole places, such as epochs, plotly.js would put halves.</summary>
    private static double? WholeStep(IReadOnlyList<Series> series)
    {
        var places = series.SelectMany(each => each.At ?? [1, each.Values.Count]).Where(double.IsFinite).ToArray();
        return places.Length > 0 && places.All(place => place == Math.Floor(place)) && places.Max() - places.Min() is > 0 and <= MostWholeSteps ? 1 : null;
    }

    private static IEnumerable<SeriesData> Lines(Series series, int color, bool smooth)
    {
        if (series.At is { } at && at.Count != series.Values.Count)
            throw new ArgumentException($"Series '{series.Name}' has {series.Values.Count} values at {at.Count} places; give a place for each value.", nameof(series));
        var places = series.At ?? [.. Enumerable.Range(1, series.Values.Count).Select(step => (double)step)];
        var name = PlotText.Escape(series.Name);
        var raw = new SeriesData(name, color, Thin(series.Values)) { X = Thin(places), Reference = series.Reference };
        if (!smooth || series.Reference || series.Values.Count < ShortestSmoothed)
            return [raw];
        return [raw with { Faint = true }, raw with { Y = Thin(Smooth(series.Values)) }];
    }

    /// <summary>A moving average over about a twentieth of the curve; narrower at its steep beginning, so that it does not lag.</summary>
    private static double[] Smooth(IReadOnlyList<double> values)
    {
        var sums = new double[values.Count + 1];
        var counts = new int[values.Count + 1];
        for (var place = 0; place < values.Count; place++)
        {
            var isNumber = double.IsFinite(values[place]);
            (sums[place + 1], counts[place + 1]) = (sums[place] + (isNumber ? values[place] : 0), counts[place] + (isNumber ? 1 : 0));
        }

        var widest = Math.Max(3, values.Count / 40);
        return [.. Enumerable.Range(0, values.Count).Select(place =>
        {
            var before = Math.Min(widest, place);
            var (from, to) = (place - before, Math.Min(place + before + 1, values.Count));
            return (sums[to] - sums[from]) / (counts[to] - counts[from]);
        })];
    }

    /// <summary>Averages neighbors, so that at most <see cref="MostPoints"/> values are left.</summary>
    private static double?[] Thin(IReadOnlyList<double> values)
    {
        var step = (values.Count + MostPoints - 1) / MostPoints;
        return PlotText.Numbers(step <= 1 ? values : values.Chunk(step).Select(chunk => chunk.Average()));
    }

    private static string Describe(Series series)
    {
        var finite = series.Values.Where(double.IsFinite).ToArray();
        return finite.Length == 0
            ? $"{series.Name}: no values"
            : $"{series.Name}: {NumberText.Fraction(finite[0])} → {NumberText.Fraction(finite[^1])} in {series.Values.Count} points, "
                + $"lowest {NumberText.Fraction(finite.Min())}, highest {NumberText.Fraction(finite.Max())}";
    }
}
