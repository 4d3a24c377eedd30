using Contrastive.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Evaluation;

public sealed class ZeroShotClassifierTests
{
    private static readonly string[] Names = ["circle", "star", "heart", "ring", "cross", "arrow", "moon"];
    private static readonly string[] Templates = ["{}", "a picture of a {}", "{}, and once more: {}"];

    /// <summary>An embedding that depends on the text alone.</summary>
    private static double[] Embed(string text) => Numbers.Normal(1, 5, text.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)))[0];

    private static Tensor Encode(IReadOnlyList<string> texts) => Numbers.Matrix([.. texts.Select(Embed)]);

    /// <summary>Section 3.1.4 of the paper, prompt by prompt.</summary>
    private static double[][] Classes() =>
    [
        .. Names.Select(name =>
        {
            var sum = new double[5];
            foreach (var template in Templates)
            {
                var unit = Loops.Unit(Embed(template.Replace("{}", name, StringComparison.Ordinal)));
                for (var d = 0; d < 5; d++)
                    sum[d] += unit[d];
            }

            return Loops.Unit(sum);
        }),
    ];

    [Fact]
    public void Equals_the_classifier_written_as_loops()
    {
        using var scope = NewDisposeScope();
        var (images, labels, classes) = (Numbers.Normal(200, 5, 1), Numbers.Labels(200, 6, 2), Classes()); // the last class has no image
        using var classifier = ZeroShotClassifier.Of(Names, Templates, Encode);
        var ranks = images.Select((image, i) => 1L + classes.Where((_, c) => c != labels[i]).Count(other => Loops.Cosine(image, other) >= Loops.Cosine(image, classes[labels[i]]))).ToArray();
        var predictions = images.Select(image => (long)Enumerable.Range(0, 7).MaxBy(c => Loops.Cosine(image, classes[c]))).ToArray();
        var report = classifier.Measure(Numbers.Matrix(images), tensor(labels));

        var scores = Numbers.Rows(classifier.Scores(Numbers.Matrix(images)));
        Assert.All(images.Index(), image => Assert.All(classes.Index(), c => Assert.Equal(Loops.Cosine(image.Item, c.Item), scores[image.Index][c.Index], 1e-12)));
        Assert.Equal(predictions, classifier.Predict(Numbers.Matrix(images)).data<long>().ToArray());
        Assert.Equal(predictions, report.Predictions);
        Assert.Equal(ranks, report.Ranks);
        Assert.Equal(ranks.Count(rank => rank == 1) / 200.0, report.Top1);
        Assert.Equal(ranks.Count(rank => rank <= 5) / 200.0, report.Top5);
        var perClass = Enumerable.Range(0, 6).Select(c => ranks.Where((_, i) => labels[i] == c).Average(rank => rank == 1 ? 1.0 : 0.0)).ToArray();
        Assert.All(perClass.Index(), c => Assert.Equal(c.Item, report.PerClass[c.Index].Accuracy, 1e-12));
        Assert.Equal(new ClassAccuracy("moon", 0, double.NaN), report.PerClass[6]);
        Assert.Equal(perClass.Average(), report.MeanPerClass, 1e-12);
        Assert.Equal(1 / 7.0, report.Chance);
    }

    [Fact]
    public void Many_classes_are_described_in_parts_and_images_measured_in_parts()
    {
        using var scope = NewDisposeScope();
        var calls = new List<int>();
        string[] names = [.. Enumerable.Range(0, 5000).Select(i => $"class {i}")];
        var basis = Numbers.Matrix(Numbers.Normal(5000, 16, 3), float32);
        var rows = names.Index().ToDictionary(name => name.Item, name => (long)name.Index);
        using var classifier = ZeroShotClassifier.Of(names, ["{}"], texts =>
        {
            calls.Add(texts.Count);
            return basis.index_select(0, tensor(texts.Select(text => rows[text]).ToArray()));
        });
        Assert.Equal([4096, 904], calls);
        var report = classifier.Measure(basis.narrow(0, 0, 2000), arange(2000, int64)); // more than four million scores
        Assert.Equal(1, report.Top1);
        Assert.Equal(Enumerable.Range(0, 2000).Select(i => (long)i), report.Predictions);
    }

    [Fact]
    public void A_collapsed_encoder_recognizes_nothing_whatever_its_rounding()
    {
        using var scope = NewDisposeScope();
        var same = Numbers.Matrix(Numbers.Normal(1, 64, 1), float32);
        Tensor Collapsed(long rows, int seed) => same.expand(rows, 64) * (1 + (1e-7 * Numbers.Matrix(Numbers.Normal((int)rows, 64, seed), float32)));
        using var classifier = ZeroShotClassifier.Of(Names, ["{}"], texts => Collapsed(texts.Count, 2));
        var report = classifier.Measure(Collapsed(50, 3), tensor(Numbers.Labels(50, 7, 4)));
        Assert.Equal(0, report.Top1);
        Assert.Equal(0, report.Top5);
    }

    [Fact]
    public void Five_classes_have_no_top_5_and_one_class_is_always_right()
    {
        using var scope = NewDisposeScope();
        using var five = ZeroShotClassifier.Of(Names[..5], ["{}"], Encode);
        Assert.Null(five.Measure(ones(2, 5, float64), tensor(new long[] { 0, 1 })).Top5);
        using var one = ZeroShotClassifier.Of(["star"], ["{}"], Encode);
        var report = one.Measure(-ones(2, 5, float64), zeros(2, int64));
        Assert.Equal((1, 1), (report.Top1, report.Chance));
        Assert.Equal("top 1 100.0%, mean per class 100.0% (chance 100.0%; 2 images, 1 class)", report.ToString().Replace(" %", "%", StringComparison.Ordinal));
    }

    [Fact]
    public void A_template_changes_the_prediction()
    {
        using var scope = NewDisposeScope();
        Tensor Homonym(IReadOnlyList<string> texts) => Numbers.Matrix([.. texts.Select(text => text.Contains("bird", StringComparison.Ordinal) ? [0.0, 1] : text == "crane" ? [1.0, 0] : new[] { 0.8, 0.6 })]);
        using var bare = ZeroShotClassifier.Of(["crane", "truck"], ["{}"], Homonym);
        using var told = ZeroShotClassifier.Of(["crane", "truck"], ["{}, a bird"], texts => Homonym([.. texts.Select(text => text == "truck, a bird" ? "truck" : text)]));
        var bird = Numbers.Matrix([[0.1, 1]]);
        Assert.Equal(1, bare.Predict(bird).item<long>());
        Assert.Equal(0, told.Predict(bird).item<long>());
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        using var images = ones(4, 5, float64);
        using var labels = zeros(4, int64);
        using var scope = NewDisposeScope();
        using (var classifier = ZeroShotClassifier.Of(Names, Templates, Encode))
            classifier.Measure(images, labels);
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        BadInput.Refused("There are no class names", () => ZeroShotClassifier.Of([], ["{}"], Encode));
        BadInput.Refused("Class name 1 is empty", () => ZeroShotClassifier.Of(["star", " "], ["{}"], Encode));
        BadInput.Refused("'star' occurs twice", () => ZeroShotClassifier.Of(["star", "star"], ["{}"], Encode));
        BadInput.Refused("There are no templates", () => ZeroShotClassifier.Of(Names, [], Encode));
        BadInput.Refused("'a picture' has no place for the class; expected {}", () => ZeroShotClassifier.Of(Names, ["{}", "a picture"], Encode));
        BadInput.Refused("expected [7, D]", () => ZeroShotClassifier.Of(Names, ["{}"], _ => ones(2, 3)));
        BadInput.Refused("NaN", () => ZeroShotClassifier.Of(Names, ["{}"], texts => full(texts.Count, 3, double.NaN)));
        BadInput.Refused("'circle' are zero or cancel out", () => ZeroShotClassifier.Of(Names, ["{}"], texts => zeros(texts.Count, 3)));
        using var classifier = ZeroShotClassifier.Of(Names, ["{}"], Encode);
        BadInput.Refused("the last size must be equal", () => classifier.Scores(ones(2, 4)));
        BadInput.Refused("labels holds 7, but there are 7 classes", () => classifier.Measure(ones(2, 5), tensor(new long[] { 0, 7 })));
        BadInput.Refused("numbered from 0", () => classifier.Measure(ones(2, 5), tensor(new long[] { 0, -1 })));
        BadInput.Refused("expected Int64 [2]", () => classifier.Measure(ones(2, 5), zeros(3, int64)));
        BadInput.Refused("NaN", () => classifier.Measure(ones(2, 5) * double.NaN, zeros(2, int64)));
        BadInput.Refused("empty", () => classifier.Measure(ones(0, 5), zeros(0, int64)));
    }
}
