using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Display;

/// <summary>A matrix of a few values that each mean something.</summary>
internal static class GridFigure
{
    private const int MostPerSide = 128;
    private const int MostMeanings = 6;

    public static FigureData Of(
        string title, Tensor values, string rowTitle, string columnTitle, IReadOnlyList<(double Value, string Meaning)> legend)
    {
        Require.Shape(values, "[R, C]", "a matrix");
        var (rows, columns) = ((int)values.size(0), (int)values.size(1));
        if (rows is 0 or > MostPerSide || columns is 0 or > MostPerSide)
            throw new ArgumentException($"The values are {TensorText.Describe(values)}; 1 to {MostPerSide} rows and columns can be told apart: take a part.", nameof(values));
        if (legend.Count is 0 or > MostMeanings || legend.Select(entry => entry.Value).Distinct().Count() != legend.Count)
            throw new ArgumentException($"The legend has {legend.Count} entries; give 1 to {MostMeanings}, each for another value, such as (1, \"positive\").", nameof(legend));
        var flat = TensorValues.Of(values);
        var unknown = flat.Where(value => !double.IsNaN(value) && legend.All(entry => !entry.Value.Equals(value))).Take(1).ToArray();
        if (unknown.Length > 0)
            throw new ArgumentException($"The value {NumberText.Fraction(unknown[0])} has no meaning in the legend; give it one, or make it NaN, which is drawn gray.", nameof(legend));
        var ranks = legend.Where(entry => !double.IsNaN(entry.Value)).Select(entry => entry.Value).Order().ToArray();
        return HeatFigure.Square(title, columnTitle, rowTitle, rows, columns) with
        {
            Kind = "grid",
            Heat = new HeatData([.. flat.Select(value => Rank(ranks, value)).Chunk(columns)], 0, Math.Max(1, ranks.Length - 1), Diverging: false),
            Series = [.. legend.Select(entry => new SeriesData(PlotText.Escape(entry.Meaning), (int)(Rank(ranks, entry.Value) ?? -1), []))],
            Summary = [$"{rows} × {columns} cells", .. legend.Select(entry => $"{entry.Meaning}: {flat.Count(value => value.Equals(entry.Value))}")],
        };
    }

    private static double? Rank(double[] ranks, double value) => double.IsNaN(value) ? null : Array.IndexOf(ranks, value);
}
