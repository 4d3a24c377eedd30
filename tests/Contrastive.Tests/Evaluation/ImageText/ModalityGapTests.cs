using Contrastive.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Evaluation;

public sealed class ModalityGapTests
{
    private static double[] Mean(double[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(d => rows.Average(row => Loops.Unit(row)[d]))];

    [Fact]
    public void Equals_the_gap_written_as_loops_for_unequal_numbers()
    {
        using var scope = NewDisposeScope();
        var (images, texts, own) = (Numbers.Normal(15, 4, 1), Numbers.Normal(40, 4, 2), Numbers.Labels(40, 15, 3));
        foreach (var image in images)
            image[0] += 1;
        var report = ModalityGap.Measure(Numbers.Matrix(images), Numbers.Matrix(texts), tensor(own));

        var (imageMean, textMean) = (Mean(images), Mean(texts));
        Assert.Equal(Loops.Distance(imageMean, textMean), report.Distance, 1e-12);
        var cosines = (from i in Enumerable.Range(0, 15) from t in Enumerable.Range(0, 40) select (IsPair: own[t] == i, Cosine: Loops.Cosine(images[i], texts[t]))).ToLookup(pair => pair.IsPair, pair => pair.Cosine);
        Assert.Equal(cosines[true].Average(), report.PairCosine, 1e-12);
        Assert.Equal(cosines[false].Average(), report.OtherCosine, 1e-12);
        bool IsNearImages(double[] row) => Loops.SquaredDistance(Loops.Unit(row), imageMean) < Loops.SquaredDistance(Loops.Unit(row), textMean);
        Assert.Equal((images.Average(row => IsNearImages(row) ? 1.0 : 0) + texts.Average(row => IsNearImages(row) ? 0.0 : 1)) / 2, report.Separation, 1e-12);
    }

    [Fact]
    public void Equal_sets_have_no_gap_and_opposite_ones_the_widest()
    {
        using var scope = NewDisposeScope();
        var images = Numbers.Matrix(Numbers.Normal(20, 4, 1));
        var none = ModalityGap.Measure(images, images * 3);
        Assert.Equal(0, none.Distance, 1e-12);
        Assert.Equal(1, none.PairCosine, 1e-12);
        Assert.Equal(0.5, none.Separation);
        var widest = ModalityGap.Measure(ones(5, 2), -ones(5, 2));
        Assert.Equal(2, widest.Distance, 1e-6);
        Assert.Equal((-1, -1, 1), (Math.Round(widest.PairCosine, 6), Math.Round(widest.OtherCosine, 6), widest.Separation));
        Assert.True(double.IsNaN(ModalityGap.Measure(ones(1, 2), ones(1, 2)).OtherCosine));
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        BadInput.Refused("shapes must be equal", () => ModalityGap.Measure(ones(3, 2), ones(4, 2)));
        BadInput.Refused("the last size must be equal", () => ModalityGap.Measure(ones(3, 2), ones(3, 4)));
        BadInput.Refused("imageOfText holds 3, but there are 3 images", () => ModalityGap.Measure(ones(3, 2), ones(2, 2), tensor(new long[] { 0, 3 })));
        BadInput.Refused("expected Int64 [2]", () => ModalityGap.Measure(ones(3, 2), ones(2, 2), zeros(3, int64)));
        BadInput.Refused("NaN", () => ModalityGap.Measure(ones(3, 2), ones(3, 2) / 0));
    }
}
