using Contrastive.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Evaluation;

public sealed class PrecisionRecallCurveTests
{
    /// <summary>The example of scikit-learn's <c>average_precision_score</c>: 0.83…</summary>
    [Fact]
    public void Is_scikit_learns_for_its_own_example()
    {
        var curve = PrecisionRecallCurve.Of(tensor(new[] { 0.1, 0.4, 0.35, 0.8 }), tensor(new[] { false, false, true, true }));
        Assert.Equal(0.5 + (0.5 * 2 / 3), curve.AveragePrecision, 1e-12);
        Assert.Equal([1, 0.5, 2.0 / 3, 0.5], curve.Precision);
        Assert.Equal([0.5, 0.5, 1, 1], curve.Recall);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Equals_a_loop_over_thresholds_also_where_scores_are_equal(int seed)
    {
        var random = new Random(seed);
        var scores = Enumerable.Range(0, 60).Select(_ => random.Next(15) / 15f).ToArray();
        var truths = scores.Select(score => random.NextDouble() < 0.2 + (score / 2)).ToArray();
        var (expected, before) = (0.0, 0.0);
        foreach (var threshold in scores.Distinct().OrderDescending())
        {
            var taken = scores.Count(score => score >= threshold);
            var found = scores.Zip(truths).Count(pair => pair.First >= threshold && pair.Second);
            var recall = (double)found / truths.Count(truth => truth);
            expected += (recall - before) * found / taken;
            before = recall;
        }

        var curve = PrecisionRecallCurve.Of(tensor(scores), tensor(truths));
        Assert.Equal(expected, curve.AveragePrecision, 1e-12);
        Assert.Equal(scores.Distinct().Count(), curve.Precision.Count);
        Assert.Equal(1, curve.Recall[^1]);
    }

    [Fact]
    public void Equal_scores_give_the_share_of_the_true()
    {
        var curve = PrecisionRecallCurve.Of(zeros(8), tensor(new[] { true, false, false, true, false, false, false, false }));
        Assert.Equal((0.25, 1), (curve.AveragePrecision, curve.Precision.Count));
    }

    [Fact]
    public void What_has_no_curve_is_refused()
    {
        BadInput.Refused("isTrue holds no true pair", () => PrecisionRecallCurve.Of(ones(3), zeros(3, dtype: @bool)));
        BadInput.Refused("expected Bool [3]", () => PrecisionRecallCurve.Of(ones(3), ones(3)));
        BadInput.Refused("scores holds NaN", () => PrecisionRecallCurve.Of(ones(3) * float.NaN, ones(3, dtype: @bool)));
        BadInput.Refused("scores is Float32 [3, 1]", () => PrecisionRecallCurve.Of(ones(3, 1), ones(3, dtype: @bool)));
    }
}
