using System.Globalization;
using static TorchSharp.torch;

namespace Contrastive.Display;

/// <summary>Counts of true against predicted classes.</summary>
internal static class ConfusionFigure
{
    private const int MostWrittenClasses = 20;

    public static FigureData Of(string title, Tensor actual, Tensor predicted, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(classNames);
        var count = (int)actual.numel();
        if (count == 0)
            throw new ArgumentException("There are no labels to compare.", nameof(actual));
        var truths = ClassLabels.Of(actual, count, classNames, nameof(actual));
        var guesses = ClassLabels.Of(predicted, count, classNames, nameof(predicted));
        var counts = new int[classNames.Count, classNames.Count];
        foreach (var (truth, guess) in truths.Zip(guesses))
            counts[truth, guess]++;
        var classes = Enumerable.Range(0, classNames.Count).ToArray();
        var names = PlotText.Escape(classNames);
        var right = classes.Sum(each => counts[each, each]);
        return HeatFigure.Square(title, "predicted", "actual", classes.Length, classes.Length) with
        {
            Heat = new HeatData([.. classes.Select(row => Shares(counts, row))], 0, 1, Diverging: false)
            {
                Texts = classes.Length > MostWrittenClasses ? null : [.. classes.Select(row => Texts(counts, row))],
                Rows = names,
                Columns = names,
                Scale = "share of the actual class",
            },
            Summary = [string.Create(CultureInfo.InvariantCulture, $"{right} of {count} right ({100.0 * right / count:0.0} %)"), .. Mistakes(counts, classNames)],
        };
    }

    private static double?[] Shares(int[,] counts, int row)
    {
        var total = Enumerable.Range(0, counts.GetLength(1)).Sum(column => counts[row, column]);
        return [.. Enumerable.Range(0, counts.GetLength(1)).Select(column => total == 0 ? null : PlotText.Number((double)counts[row, column] / total))];
    }

    private static string[] Texts(int[,] counts, int row) =>
        [.. Enumerable.Range(0, counts.GetLength(1)).Select(column => counts[row, column] == 0 ? "" : counts[row, column].ToString(CultureInfo.InvariantCulture))];

    /// <summary>The three most common confusions.</summary>
    private static IEnumerable<string> Mistakes(int[,] counts, IReadOnlyList<string> names) =>
        from pair in (from row in Enumerable.Range(0, names.Count)
                      from column in Enumerable.Range(0, names.Count)
                      where row != column && counts[row, column] > 0
                      orderby counts[row, column] descending
                      select (row, column)).Take(3)
        select $"{names[pair.row]} taken for {names[pair.column]}: {counts[pair.row, pair.column]}";
}
