using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Display;

/// <summary>The same points in several planes, side by side on one scale.</summary>
internal static class PanelFigure
{
    private const int MostPanels = 12;
    private const int Columns = 3;
    private const int Widest = 680;

    public static FigureData Of(string title, Tensor labels, IReadOnlyList<string> classNames, IReadOnlyList<(string Name, Tensor Points)> panels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classNames);
        if (panels.Count is 0 or > MostPanels)
            throw new ArgumentException($"There are {panels.Count} panels; give 1 to {MostPanels}, such as (\"trained\", points).", nameof(panels));
        var count = (int)labels.numel();
        var classes = ClassLabels.Of(labels, count, classNames, nameof(labels));
        var planes = panels.Select(panel => Points(panel.Name, panel.Points, count)).ToArray();
        var reach = planes.SelectMany(plane => plane).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var columns = Math.Min(Columns, panels.Count);
        var rows = (panels.Count + columns - 1) / columns;
        var side = Math.Min(320, Widest / columns);
        return new FigureData("panels", PlotText.Escape(title), "", "", (columns * side) + 40, (rows * (side + 56)) + 100)
        {
            Panels = [.. panels.Select(panel => PlotText.Escape(panel.Name))],
            Columns = columns,
            Reach = (reach > 0 ? reach : 1) * 1.1,
            Circle = planes.All(UnitCircle.Holds),
            Series = [.. planes.SelectMany((plane, panel) => Classes(plane, panel, classes, classNames))],
            Summary = [.. panels.Select(panel => $"{panel.Name}: {count} points of {classes.Distinct().Count()} classes")],
        };
    }

    private static double[] Points(string name, Tensor points, int count)
    {
        ArgumentNullException.ThrowIfNull(points);
        Require.Shape(points, $"[{count}, 2]", "a place for each label", name: $"the points of '{name}'", parameter: nameof(points));
        var values = TensorValues.Of(points);
        return values.All(double.IsFinite) ? values : throw new ArgumentException($"A point of '{name}' is not finite.", nameof(points));
    }

    /// <summary>Later classes are drawn smaller, so that they do not hide what lies below them.</summary>
    private static IEnumerable<SeriesData> Classes(double[] plane, int panel, int[] classes, IReadOnlyList<string> classNames)
    {
        var groups = Enumerable.Range(0, classes.Length).GroupBy(point => classes[point]).OrderBy(group => group.Key).ToArray();
        return groups.Select((group, place) => new SeriesData(PlotText.Escape(classNames[group.Key]), group.Key, PlotText.Numbers(group.Select(point => plane[(2 * point) + 1])))
        {
            X = PlotText.Numbers(group.Select(point => plane[2 * point])),
            Panel = panel,
            Size = 11 - (7.0 * place / Math.Max(1, groups.Length - 1)),
        });
    }
}
