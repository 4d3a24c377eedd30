using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Display;

/// <summary>2-D points by class.</summary>
internal static class ScatterFigure
{
    public static FigureData Of(string title, Tensor points, Tensor labels, IReadOnlyList<string> classNames, IReadOnlyList<string>? hover)
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
        return new FigureData("points", PlotText.Escape(title), "", "", 720, 540)
        {
            Series = [.. groups.Select(group => new SeriesData(PlotText.Escape(classNames[group.Key]), group.Key, PlotText.Numbers(group.Select(point => flat[(2 * point) + 1])))
            {
                X = PlotText.Numbers(group.Select(point => flat[2 * point])),
                Hover = hover is null ? null : PlotText.Escape(group.Select(point => hover[point])),
            })],
            Summary = [$"{count} points of {groups.Length} classes"],
        };
    }
}
