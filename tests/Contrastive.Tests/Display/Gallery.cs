using Contrastive.Display;
using static TorchSharp.torch;

namespace Contrastive.Tests.Display;

/// <summary>One figure of each kind, with data like that of the lessons.</summary>
internal static class Gallery
{
    public static readonly string[] Classes =
        ["circle", "square", "triangle", "star", "cross", "ring", "half moon", "heart <3", "pentagon & co", "arrow"];

    public static IEnumerable<(string Name, Figure Figure)> Figures()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var noise = randn([400], generator: generator).data<float>().ToArray();
        float[] Curve(double end) => [.. noise.Select((value, step) => (float)(end + ((4.8 - end) * Math.Exp(-step / 60.0)) + (0.08 * value)))];
        yield return ("loss", Chart.Loss("Training loss: NT-Xent of each batch", ("with color distortion", Curve(2.1)), ("without", Curve(0.6))));
        yield return ("lines", Chart.Lines("kNN accuracy over epochs", "epoch", "accuracy", ("trained", new[] { 0.2, 0.45, 0.6, 0.68, 0.71 }), ("raw pixels", new[] { 0.5, 0.5, 0.5, 0.5, 0.5 })));
        yield return ("bars", Chart.Bars("kNN accuracy on held-out shapes", "accuracy", ("raw pixels", 0.5), ("untrained", 0.2), ("trained", 0.723), ("no color distortion", 0.13)));
        yield return ("references", Chart.Bars("kNN accuracy on held-out shapes", "accuracy", [("untrained", 0.2), ("trained", 0.723)], ("chance", 0.1), ("raw pixels", 0.52)));
        yield return ("dots", Chart.Dots("kNN accuracy after 12 epochs", "accuracy",
            [new("untrained", 0.19, [0.2, 0.22]), new("SimCLR", 0.803, [0.79, 0.82]), new("not trained here", null, [0.4, 0.5]), new("nobody's", null)], ("chance", 0.1), ("raw pixels", 0.52)));
        yield return ("narrow dots", Chart.Dots("kNN accuracy after 12 epochs", "accuracy", [new("one", 0.803, [0.79, 0.82]), new("two", 0.83, [0.811, 0.84])]));
        yield return ("reference", Chart.Lines("Loss", "step", "InfoNCE", ("loss", Curve(2.1)), new Series("chance", [4.9, 4.9]) { At = [0, 400], Reference = true }));
        yield return ("histogram", Chart.Histogram("Cosine of pairs", "cosine", ("positives", (randn([2000], generator: generator) * 0.1) + 0.7), ("negatives", randn([20000], generator: generator) * 0.25)));
        yield return ("whole numbers", Chart.Histogram("Tokens in a sentence", "tokens", 1, ("training sentences", new double[] { 5, 6, 6, 7, 7, 7, 9, 9, 12 })));
        yield return ("log lines", Chart.LogLines("Push on a negative", "degrees", "push", ("τ = 0.1", Curve(0.001)), ("τ = 0.5", Curve(0.1))));
        yield return ("grid", Chart.Grid("P × K = 3 × 2", ((arange(6) / 2).floor().unsqueeze(1) == (arange(6) / 2).floor()).to(float32).masked_fill(eye(6, dtype: ScalarType.Bool), float.NaN),
            "anchor", "other", (1, "positive"), (0, "negative"), (double.NaN, "itself")));
        var embeddings = nn.functional.normalize(randn([48, 16], generator: generator), dim: 1);
        yield return ("heat", Chart.HeatMap("Similarity of the batch's views", embeddings.mm(embeddings.t()), rowTitle: "view", columnTitle: "view", scale: "cosine"));
        yield return ("captions", Chart.HeatMap("Image and caption", rand([4, 6], generator: generator), ["a", "b", "c", "d"], ["1 dog", "2 dogs", "cat", "car", "<b>bus</b>", "tree"], "image", "caption"));
        var labels = arange(0, 2000) % 10;
        var centers = randn([10, 2], generator: generator) * 4;
        var points = centers.index_select(0, labels) + randn([2000, 2], generator: generator);
        yield return ("points", Chart.Scatter("Embeddings, PCA to the plane", points, labels, Classes, [.. Enumerable.Range(0, 2000).Select(point => $"image {point}\n{Classes[point % 10]}")]));
        yield return ("few points", Chart.Scatter("Rings", points[..300], labels[..300] % 3, Classes, xTitle: "x", yTitle: "y", equalAspect: true, axes: false));
        var onCircle = nn.functional.normalize(points[..300], dim: 1);
        yield return ("planes", Chart.Scatter("Held-out rings on the circle", labels[..300] % 3, Classes, ("untrained", onCircle), ("one point", ones_like(onCircle) * Math.Sqrt(0.5))));
        var predicted = where(rand([2000], generator: generator) < 0.7, labels, randint(0, 10, [2000], generator: generator));
        var corners = tensor(new float[,] { { 1, 0 }, { 0, 1 }, { -1, 0 } });
        yield return ("panels", Chart.Arrows("Where losses push", corners, tensor(new long[] { 0, 0, 1 }), Classes, ("inwards", -corners), ("nowhere", zeros_like(corners)), ("around", corners.matmul(tensor(new float[,] { { 0, 1 }, { -1, 0 } })))));
        yield return ("views", Chart.Arrows("Where losses push two views", nn.functional.normalize(points[..6], dim: 1), arange(6) % 3, ["A", "B", "C"], arange(6) > 2, ("inwards", -points[..6]), ("around", points[6..12])));
        yield return ("missing", Chart.HeatMap("Some are missing", tensor(new[,] { { 0.3, double.NaN, -0.001 }, { 0.75, -1, double.NaN } }), scale: "cosine"));
        yield return ("confusion", Chart.Confusion("What was taken for what", labels, predicted, Classes));
    }
}
