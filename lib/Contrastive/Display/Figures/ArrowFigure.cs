using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Display;

/// <summary>2-D points with an arrow at each, in side-by-side panels: where losses push them.</summary>
internal static class ArrowFigure
{
    private const int MostPanels = 24;
    private const int MostPoints = 200;
    private const int Columns = 4;
    private const int LongestLabel = 2;
    private const double LongestShare = 0.19;
    private const double HeadShare = 0.05;
    private const double HeadAngle = 2.6;

    public static FigureData Of(
        string title, Tensor points, Tensor labels, IReadOnlyList<string> classNames, Tensor? hollow, IReadOnlyList<(string Name, Tensor Vectors)> panels)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classNames);
        if (points.dim() != 2 || points.size(1) != 2 || points.size(0) is 0 or > MostPoints)
            throw new ArgumentException($"The points are {TensorText.Describe(points)}; expected [N, 2], 1 to {MostPoints} places in the plane.", nameof(points));
        if (panels.Count is 0 or > MostPanels)
            throw new ArgumentException($"There are {panels.Count} panels; give 1 to {MostPanels}, such as (\"NT-Xent\", vectors).", nameof(panels));
        var count = (int)points.size(0);
        var classes = ClassLabels.Of(labels, count, classNames, nameof(labels));
        var isHollow = hollow is null ? new bool[count] : Hollow(hollow, count);
        var at = TensorValues.Of(points);
        if (!at.All(double.IsFinite))
            throw new ArgumentException("A point is not finite.", nameof(points));
        var reach = at.Max(Math.Abs);
        reach = (reach > 0 ? reach : 1) * 1.6;
        var columns = Math.Min(Columns, panels.Count);
        var rows = (panels.Count + columns - 1) / columns;
        var fields = panels.Select(panel => Field(panel.Name, panel.Vectors, count)).ToArray();
        return new FigureData("panels", PlotText.Escape(title), "", "", (columns * 200) + 40, (rows * 238) + 90)
        {
            Panels = [.. panels.Select(panel => PlotText.Escape(panel.Name))],
            Columns = columns,
            Reach = reach,
            Circle = UnitCircle.Holds(at),
            Series = [.. fields.SelectMany((vectors, panel) => Panel(panel, at, vectors, reach, classes, isHollow, classNames))],
            Summary = [.. panels.Zip(fields, (panel, vectors) => $"{panel.Name}: longest arrow {NumberText.Fraction(Lengths(vectors).Max())}")],
        };
    }

    private static double[] Field(string name, Tensor vectors, int count)
    {
        Require.Shape(vectors, $"[{count}, 2]", "one for each point", name: $"the vectors of '{name}'", parameter: nameof(vectors));
        var values = TensorValues.Of(vectors);
        return values.All(double.IsFinite) ? values : throw new ArgumentException($"A vector of '{name}' is not finite.", nameof(vectors));
    }

    private static IEnumerable<SeriesData> Panel(int panel, double[] at, double[] vectors, double reach, int[] classes, bool[] isHollow, IReadOnlyList<string> classNames)
    {
        foreach (var group in Enumerable.Range(0, classes.Length).GroupBy(point => (Class: classes[point], Hollow: isHollow[point])).OrderBy(group => group.Key))
        {
            yield return new SeriesData(PlotText.Escape(classNames[group.Key.Class]), group.Key.Class, PlotText.Numbers(group.Select(point => at[(2 * point) + 1])))
            {
                X = PlotText.Numbers(group.Select(point => at[2 * point])),
                Panel = panel,
                Hollow = group.Key.Hollow,
                Hover = classNames[group.Key.Class].Length <= LongestLabel ? [.. group.Select(_ => PlotText.Escape(classNames[group.Key.Class]))] : null,
            };
        }

        yield return Arrows(at, vectors, reach) with { Panel = panel }; // last, so that a short one is not hidden by its point
    }

    private static bool[] Hollow(Tensor hollow, int count)
    {
        Require.Shape(hollow, $"Bool [{count}]", "one for each point", name: "hollow");
        return [.. TensorValues.Of(hollow).Select(value => value != 0)];
    }

    /// <summary>All arrows of a panel as one line with gaps; the longest is drawn at the same length in each panel.</summary>
    private static SeriesData Arrows(double[] at, double[] vectors, double reach)
    {
        var lengths = Lengths(vectors);
        var longest = lengths.Max();
        var (x, y) = (new List<double>(), new List<double>());
        for (var point = 0; point < lengths.Length && longest > 0; point++)
        {
            if (lengths[point] < 0.01 * longest)
                continue;
            var scale = 2 * reach * LongestShare / longest;
            var (fromX, fromY) = (at[2 * point], at[(2 * point) + 1]);
            var (toX, toY) = (fromX + (scale * vectors[2 * point]), fromY + (scale * vectors[(2 * point) + 1]));
            var head = Math.Min(2 * reach * HeadShare, scale * lengths[point] * 0.6);
            var direction = Math.Atan2(toY - fromY, toX - fromX);
            x.AddRange([fromX, toX, double.NaN, toX + (head * Math.Cos(direction + HeadAngle)), toX, toX + (head * Math.Cos(direction - HeadAngle)), double.NaN]);
            y.AddRange([fromY, toY, double.NaN, toY + (head * Math.Sin(direction + HeadAngle)), toY, toY + (head * Math.Sin(direction - HeadAngle)), double.NaN]);
        }

        return new SeriesData("", 0, PlotText.Numbers(y)) { X = PlotText.Numbers(x) };
    }

    private static double[] Lengths(double[] vectors) => [.. vectors.Chunk(2).Select(vector => Math.Sqrt((vector[0] * vector[0]) + (vector[1] * vector[1])))];
}
