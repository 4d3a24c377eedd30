using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Display;

/// <summary>2-D points by class.</summary>
internal static class ScatterFigure
{
    /// <summary>More classes than this have their names among the points, as nobody tells so many colors apart in a legend.</summary>
    private const int MostInLegend = 4;

    public static FigureData Of(
        string title, Tensor points, Tensor labels, IReadOnlyList<string> classNames, IReadOnlyList<string>? hover,
        string xTitle, string yTitle, bool equalAspect, bool axes)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classNames);
        Require.Shape(points, "[N, 2]", "a place in the plane for each: project the embeddings first");
        var count = (int)points.size(0);
        var classes = ClassLabels.Of(labels, count, classNames, nameof(labels));
        if (hover is not null && hover.Count != count)
            throw new ArgumentException($"There are {hover.Count} texts for {count} points; give one for each, or none.", nameof(hover));
        var flat = TensorValues.Of(points);
        var groups = Enumerable.Range(0, count).GroupBy(point => classes[point]).OrderBy(group => group.Key).ToArray();
        return new FigureData("points", PlotText.Escape(title), PlotText.Escape(xTitle), PlotText.Escape(yTitle), equalAspect ? 640 : 720, 540)
        {
            EqualAspect = equalAspect,
            Unmarked = !axes,
            Series = [.. groups.Select(group => new SeriesData(PlotText.Escape(classNames[group.Key]), group.Key, PlotText.Numbers(group.Select(point => flat[(2 * point) + 1])))
            {
                X = PlotText.Numbers(group.Select(point => flat[2 * point])),
                Hover = hover is null ? null : PlotText.Escape(group.Select(point => hover[point])),
            })],
            Labels = groups.Length <= MostInLegend ? [] : [.. groups.Select(group => Centroid(group, flat, classNames[group.Key])).OfType<LabelData>()],
            Summary = [$"{count} points of {groups.Length} classes"],
        };
    }

    private static LabelData? Centroid(IEnumerable<int> points, double[] flat, string name)
    {
        var finite = points.Where(point => double.IsFinite(flat[2 * point]) && double.IsFinite(flat[(2 * point) + 1])).ToArray();
        return finite.Length == 0 ? null
            : new LabelData(PlotText.Escape(name), finite.Average(point => flat[2 * point]), finite.Average(point => flat[(2 * point) + 1]));
    }
}
