using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Display;

/// <summary>A matrix as a heat map.</summary>
internal static class HeatFigure
{
    private const int MostPerSide = 512;
    private const int MostWritten = 144;

    public static FigureData Of(
        string title, Tensor values, IReadOnlyList<string>? rows, IReadOnlyList<string>? columns, string rowTitle, string columnTitle, string scale)
    {
        Require.Shape(values, "[R, C]", "a matrix");
        if (values.size(0) > MostPerSide || values.size(1) > MostPerSide)
            throw new ArgumentException($"The values are {TensorText.Describe(values)}; at most {MostPerSide} × {MostPerSide} can be told apart: take a part.", nameof(values));
        RequireNames(rows, values.size(0), "rows");
        RequireNames(columns, values.size(1), "columns");
        var flat = TensorValues.Of(values);
        var finite = flat.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        double least = finite.Min(), most = finite.Max(), reach = Math.Max(Math.Abs(least), Math.Abs(most));
        var diverging = least < 0 && most > 0;
        var from = least > 0 && most - least >= most / 2 ? 0 : least; // white is zero, but where the values lie far from it
        return Square(title, columnTitle, rowTitle, (int)values.size(0), (int)values.size(1)) with
        {
            Heat = new HeatData([.. flat.Chunk((int)values.size(1)).Select(PlotText.Numbers)], diverging ? -reach : from, diverging ? reach : most, diverging)
            {
                Texts = flat.Length > MostWritten ? null : [.. NumberText.Alike(flat, most: 2).Chunk((int)values.size(1))],
                Rows = rows is null ? null : PlotText.Escape(rows),
                Columns = columns is null ? null : PlotText.Escape(columns),
                Scale = PlotText.Escape(scale),
            },
            Summary = [$"{values.size(0)} × {values.size(1)} values from {NumberText.Fraction(least)} to {NumberText.Fraction(most)}, mean {NumberText.Fraction(finite.Average())}"],
        };
    }

    /// <summary>A figure with roughly square cells, no taller than a screen.</summary>
    public static FigureData Square(string title, string xTitle, string yTitle, int rows, int columns)
    {
        var height = Math.Clamp(114 + (450 * rows / columns), 220, 564);
        return new FigureData("heat", PlotText.Escape(title), PlotText.Escape(xTitle), PlotText.Escape(yTitle), 640, height);
    }

    private static void RequireNames(IReadOnlyList<string>? names, long count, string parameter)
    {
        if (names is not null && names.Count != count)
            throw new ArgumentException($"There are {names.Count} names for {count} {parameter}; give one for each, or none.", parameter);
        if (names is not null && names.Distinct(StringComparer.Ordinal).Count() != names.Count)
            throw new ArgumentException($"Two {parameter} have the same name; a heat map would draw them as one.", parameter);
    }
}
