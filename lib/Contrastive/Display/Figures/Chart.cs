using TorchSharp;

namespace Contrastive.Display;

/// <summary>Makes figures. A figure that is a cell's last expression is displayed automatically.</summary>
public static class Chart
{
    /// <summary>Lines, one for each series.</summary>
    /// <param name="title">The title above the figure.</param>
    /// <param name="xTitle">The title of the horizontal axis.</param>
    /// <param name="yTitle">The title of the vertical axis.</param>
    /// <param name="series">The lines: <c>("trained", values)</c>. Longer than 2,000 points, a line is drawn as means of neighbors.</param>
    /// <exception cref="ArgumentException">There is no series, or a series' x values do not match its values.</exception>
    public static Figure Lines(string title, string xTitle, string yTitle, params Series[] series) =>
        new(LineFigure.Of(title, xTitle, yTitle, series, smooth: false));

    /// <summary>Lines over a logarithmic vertical axis, where equal factors have equal heights.</summary>
    /// <param name="title">The title above the figure.</param>
    /// <param name="xTitle">The title of the horizontal axis.</param>
    /// <param name="yTitle">The title of the vertical axis.</param>
    /// <param name="series">The lines: <c>("τ = 0.1", values)</c>. A value that is not above zero has no place on this axis: a gap.</param>
    /// <exception cref="ArgumentException">There is no series, or a series' x values do not match its values.</exception>
    public static Figure LogLines(string title, string xTitle, string yTitle, params Series[] series) =>
        new(LineFigure.Of(title, xTitle, yTitle, [.. series.Select(each => each with { Values = [.. each.Values.Select(value => value > 0 ? value : double.NaN)] })], smooth: false, logarithmic: true));

    /// <summary>Loss curves over training steps: a smoothed line in front of the raw values.</summary>
    /// <param name="title">The title above the figure.</param>
    /// <param name="series">The losses of each step: <c>("NT-Xent", losses)</c>.</param>
    /// <exception cref="ArgumentException">There is no series, or a series' x values do not match its values.</exception>
    public static Figure Loss(string title, params Series[] series) =>
        new(LineFigure.Of(title, "step", "loss", series, smooth: true));

    /// <summary>Bars, each with its value above it.</summary>
    /// <param name="title">The title above the figure.</param>
    /// <param name="yTitle">The title of the vertical axis.</param>
    /// <param name="bars">Name and value: <c>("raw pixels", 0.5)</c>.</param>
    /// <exception cref="ArgumentException">There are no bars, or a value is not finite.</exception>
    public static Figure Bars(string title, string yTitle, params (string Name, double Value)[] bars) =>
        new(BarFigure.Of(title, yTitle, bars, []));

    /// <summary>Bars, each with its value above it, and dashed lines at what they are compared with.</summary>
    /// <param name="title">The title above the figure.</param>
    /// <param name="yTitle">The title of the vertical axis.</param>
    /// <param name="bars">Name and value: <c>("raw pixels", 0.5)</c>.</param>
    /// <param name="references">Name and value of each line: <c>("chance", 0.1)</c>.</param>
    /// <exception cref="ArgumentException">There are no bars, or a value is not finite.</exception>
    public static Figure Bars(
        string title, string yTitle, IReadOnlyList<(string Name, double Value)> bars, params (string Name, double Value)[] references) =>
        new(BarFigure.Of(title, yTitle, bars, references));

    /// <summary>Figures over several seeds: a row for each, this run's value as a full disc with its number, other seeds' as paler ones, and
    /// dashed lines at what they are compared with.</summary>
    /// <param name="title">The title above the figure.</param>
    /// <param name="axisTitle">What the values are.</param>
    /// <param name="rows">The rows, the first on top: <c>run.Seen("SimCLR", "knn.trained")</c>, or <c>new Dot("SimCLR", 0.8, [0.79, 0.82])</c>.</param>
    /// <param name="references">Name and value of each line: <c>("chance", 0.1)</c>.</param>
    /// <exception cref="ArgumentException">There are no rows, or a value is not finite.</exception>
    public static Figure Dots(string title, string axisTitle, IReadOnlyList<Dot> rows, params (string Name, double Value)[] references) =>
        new(DotFigure.Of(title, axisTitle, rows, references));

    /// <summary>The distribution of each series' values, as shares, in bins that all series have in common.</summary>
    /// <param name="title">The title above the figure.</param>
    /// <param name="xTitle">The title of the horizontal axis.</param>
    /// <param name="series">The values: <c>("positives", cosines)</c>.</param>
    /// <exception cref="ArgumentException">There is no series, or one has no finite values.</exception>
    public static Figure Histogram(string title, string xTitle, params Series[] series) =>
        new(HistogramFigure.Of(title, xTitle, series, binWidth: null));

    /// <summary>The distribution of each series' values, as shares, in bins of a given width: 1 for whole numbers. Whole multiples of the
    /// width are the middles of bins.</summary>
    /// <param name="title">The title above the figure.</param>
    /// <param name="xTitle">The title of the horizontal axis.</param>
    /// <param name="binWidth">The width of a bin, above zero.</param>
    /// <param name="series">The values: <c>("training sentences", lengths)</c>.</param>
    /// <exception cref="ArgumentException">There is no series, one has no finite values, or the width is not above zero or needs more than 1,000 bins.</exception>
    public static Figure Histogram(string title, string xTitle, double binWidth, params Series[] series) =>
        new(HistogramFigure.Of(title, xTitle, series, binWidth));

    /// <summary>A heat map of a matrix, such as similarities, its first row on top.
    /// Values show on hover; up to 144 also in their cells. What is not finite is gray.</summary>
    /// <param name="title">The title above the figure.</param>
    /// <param name="values"><c>[R, C]</c>, at most 512 × 512.</param>
    /// <param name="rows">Names of the rows.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="rowTitle">What the rows are.</param>
    /// <param name="columnTitle">What the columns are.</param>
    /// <param name="scale">What the values are.</param>
    /// <exception cref="ArgumentException">The values are not a matrix of that size, or names are missing.</exception>
    public static Figure HeatMap(
        string title, torch.Tensor values, IReadOnlyList<string>? rows = null, IReadOnlyList<string>? columns = null,
        string rowTitle = "", string columnTitle = "", string scale = "") =>
        new(HeatFigure.Of(title, values, rows, columns, rowTitle, columnTitle, scale));

    /// <summary>A grid of cells that each are one of a few things: positive or negative, taking part or not. Its first row is on top.</summary>
    /// <param name="title">The title above the figure.</param>
    /// <param name="values"><c>[R, C]</c>, at most 128 × 128; NaN is gray.</param>
    /// <param name="rowTitle">What the rows are.</param>
    /// <param name="columnTitle">What the columns are.</param>
    /// <param name="legend">What each value means, at most six: <c>(1, "positive")</c>, <c>(double.NaN, "itself")</c>. Greater values are darker.</param>
    /// <exception cref="ArgumentException">The values are not a matrix of that size, or one has no meaning.</exception>
    public static Figure Grid(string title, torch.Tensor values, string rowTitle, string columnTitle, params (double Value, string Meaning)[] legend) =>
        new(GridFigure.Of(title, values, rowTitle, columnTitle, legend));

    /// <summary>A grid of cells that each are one of a few things, whose rows and columns need no title.</summary>
    /// <param name="title">The title above the figure.</param>
    /// <param name="values"><c>[R, C]</c>, at most 128 × 128; NaN is gray.</param>
    /// <param name="legend">What each value means, at most six: <c>(1, "positive")</c>, <c>(double.NaN, "itself")</c>. Greater values are darker.</param>
    /// <exception cref="ArgumentException">The values are not a matrix of that size, or one has no meaning.</exception>
    public static Figure Grid(string title, torch.Tensor values, params (double Value, string Meaning)[] legend) =>
        new(GridFigure.Of(title, values, "", "", legend));

    /// <summary>A confusion matrix: counts, colored by their share of the true class.</summary>
    /// <param name="title">The title above the figure.</param>
    /// <param name="actual">The true classes, integers <c>[N]</c>.</param>
    /// <param name="predicted">The predicted classes, <c>[N]</c>.</param>
    /// <param name="classNames">The name of each class.</param>
    /// <exception cref="ArgumentException">The tensors do not match, or a label has no name.</exception>
    public static Figure Confusion(string title, torch.Tensor actual, torch.Tensor predicted, IReadOnlyList<string> classNames) =>
        new(ConfusionFigure.Of(title, actual, predicted, classNames));

    /// <summary>2-D points, colored by class: embeddings after a projection. The names of more than four classes stand at their centroids.</summary>
    /// <param name="title">The title above the figure.</param>
    /// <param name="points"><c>[N, 2]</c>, up to thousands.</param>
    /// <param name="labels">The class of each point, integers <c>[N]</c>.</param>
    /// <param name="classNames">The name of each class.</param>
    /// <param name="hover">The text shown on hover; the class name if omitted.</param>
    /// <param name="xTitle">The title of the horizontal axis.</param>
    /// <param name="yTitle">The title of the vertical axis.</param>
    /// <param name="equalAspect">Whether a step is as long on both axes, so that a circle is round.</param>
    /// <param name="axes">Whether the axes have numbers; those of t-SNE mean nothing.</param>
    /// <exception cref="ArgumentException">The tensors do not match, a label has no name, or texts are missing.</exception>
    public static Figure Scatter(
        string title, torch.Tensor points, torch.Tensor labels, IReadOnlyList<string> classNames, IReadOnlyList<string>? hover = null,
        string xTitle = "", string yTitle = "", bool equalAspect = false, bool axes = true) =>
        new(ScatterFigure.Of(title, points, labels, classNames, hover, xTitle, yTitle, equalAspect, axes));

    /// <summary>2-D points side by side, such as before and after training: the same scale on all axes. Points of length one are shown with
    /// the circle on which they lie.</summary>
    /// <param name="title">The title above the figure.</param>
    /// <param name="labels">The class of each point, integers <c>[N]</c>, the same in all panels.</param>
    /// <param name="classNames">The name of each class.</param>
    /// <param name="panels">Name and points of each panel: <c>("trained", points)</c>, points <c>[N, 2]</c>; at most 12.</param>
    /// <exception cref="ArgumentException">The tensors do not match, a number is not finite, or a label has no name.</exception>
    public static Figure Scatter(string title, torch.Tensor labels, IReadOnlyList<string> classNames, params (string Name, torch.Tensor Points)[] panels) =>
        new(PanelFigure.Of(title, labels, classNames, panels));

    /// <summary>2-D points with an arrow at each, one panel per vector field: where a loss pushes them. The longest arrow of each panel is
    /// drawn at the same length, so lengths compare within a panel, not between panels. Points of length one are shown with the circle on
    /// which they lie.</summary>
    /// <param name="title">The title above the figure.</param>
    /// <param name="points"><c>[N, 2]</c>, at most 200, the same in all panels.</param>
    /// <param name="labels">The class of each point, integers <c>[N]</c>.</param>
    /// <param name="classNames">The name of each class.</param>
    /// <param name="panels">Name and arrows of each panel: <c>("NT-Xent", vectors)</c>, vectors <c>[N, 2]</c>; at most 24.</param>
    /// <exception cref="ArgumentException">The tensors do not match, a number is not finite, or a label has no name.</exception>
    public static Figure Arrows(
        string title, torch.Tensor points, torch.Tensor labels, IReadOnlyList<string> classNames, params (string Name, torch.Tensor Vectors)[] panels) =>
        new(ArrowFigure.Of(title, points, labels, classNames, hollow: null, panels));

    /// <summary>2-D points with an arrow at each, some of them hollow: the second views of items, whose first views are full.</summary>
    /// <param name="title">The title above the figure.</param>
    /// <param name="points"><c>[N, 2]</c>, at most 200, the same in all panels.</param>
    /// <param name="labels">The class of each point, integers <c>[N]</c>.</param>
    /// <param name="classNames">The name of each class.</param>
    /// <param name="hollow">Which points are hollow, Bool <c>[N]</c>.</param>
    /// <param name="panels">Name and arrows of each panel: <c>("NT-Xent", vectors)</c>, vectors <c>[N, 2]</c>; at most 24.</param>
    /// <exception cref="ArgumentException">The tensors do not match, a number is not finite, or a label has no name.</exception>
    public static Figure Arrows(
        string title, torch.Tensor points, torch.Tensor labels, IReadOnlyList<string> classNames, torch.Tensor hollow,
        params (string Name, torch.Tensor Vectors)[] panels) =>
        new(ArrowFigure.Of(title, points, labels, classNames, hollow, panels));
}
