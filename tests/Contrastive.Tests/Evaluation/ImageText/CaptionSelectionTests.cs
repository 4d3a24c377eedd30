using Contrastive.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Evaluation;

public sealed class CaptionSelectionTests
{
    private enum Fault
    {
        Order,
        Color,
    }

    [Fact]
    public void Equals_the_choice_written_as_loops()
    {
        using var scope = NewDisposeScope();
        var (images, correct, wrong) = (Numbers.Normal(60, 4, 1), Numbers.Normal(60, 4, 2), Numbers.Normal(180, 4, 3));
        var report = CaptionSelection.Measure(Numbers.Matrix(images), Numbers.Matrix(correct), Numbers.Matrix(wrong).reshape(60, 3, 4));
        var right = 0;
        for (var i = 0; i < 60; i++)
        {
            var own = Loops.Cosine(images[i], correct[i]);
            var best = Enumerable.Range(3 * i, 3).Max(other => Loops.Cosine(images[i], wrong[other]));
            right += own > best ? 1 : 0;
            Assert.Equal(own - best, report.Margins[i], 1e-12);
            Assert.Equal(own > best ? 1 : 0, report.Credits[i]);
        }

        Assert.Equal(right / 60.0, report.Right, 1e-12);
        Assert.Equal((0.25, 60), (report.Chance, report.Count));
    }

    [Fact]
    public void One_false_caption_an_image_may_be_a_matrix()
    {
        using var scope = NewDisposeScope();
        var (images, correct, wrong) = (randn(20, 4), randn(20, 4), randn(20, 4));
        Assert.Equal(CaptionSelection.Measure(images, correct, wrong.unsqueeze(1)).Margins, CaptionSelection.Measure(images, correct, wrong).Margins);
    }

    [Fact]
    public void Captions_that_tie_share_the_choice()
    {
        using var scope = NewDisposeScope();
        var image = Numbers.Matrix([[1, 0]]);
        double Credit(params double[][] wrong) => CaptionSelection.Measure(image, Numbers.Matrix([[1, 1]]), Numbers.Matrix(wrong).unsqueeze(0)).Right;
        Assert.Equal(1, Credit([0, 1], [-1, 0]));
        Assert.Equal(0.5, Credit([2, 2], [-1, 0]));
        Assert.Equal(1 / 3.0, Credit([2, 2], [1, -1]), 1e-12);
        Assert.Equal(0, Credit([2, 2], [1, 0.5]));
    }

    [Fact]
    public void An_encoder_that_ignores_order_is_at_chance_whatever_its_rounding()
    {
        using var scope = NewDisposeScope();
        var (images, words) = (randn(500, 64), randn(500, 7, 64));
        var report = CaptionSelection.Measure(images, words.mean([1]), words.flip(1).cumsum(1).select(1, 6) / 7);
        Assert.Equal((0.5, true), (report.Right, report.IsChance));
        Assert.Contains(report.Margins, margin => margin != 0); // the rounding does differ
    }

    [Fact]
    public void The_interval_is_Wilsons()
    {
        using var scope = NewDisposeScope();
        var wrong = Numbers.Matrix([.. Enumerable.Range(0, 50).Select(i => i < 10 ? new[] { 1.0, 0 } : [0.0, 1])]);
        var report = CaptionSelection.Measure(Numbers.Matrix([.. Enumerable.Repeat(new[] { 1.0, 0 }, 50)]), Numbers.Matrix([.. Enumerable.Repeat(new[] { 1.0, 1 }, 50)]), wrong);
        Assert.Equal(0.8, report.Right, 1e-12);
        Assert.Equal(Math.Sqrt(0.8 * 0.2 / 50), report.StandardError, 1e-12);
        // The ends are where the score test's statistic is ±1.96: (p̂ − p)² = z² p (1 − p) / n.
        foreach (var end in new[] { report.Low, report.High })
            Assert.Equal(1.959963984540054, Math.Abs(0.8 - end) / Math.Sqrt(end * (1 - end) / 50), 1e-9);
        Assert.True(report.Low < 0.8 && report.High > 0.8 && !report.IsChance);
    }

    [Fact]
    public void All_right_leaves_an_interval_below_one()
    {
        using var scope = NewDisposeScope();
        var report = CaptionSelection.Measure(ones(4, 2), ones(4, 2), -ones(4, 2));
        Assert.Equal((1, 1, 0), (report.Right, report.High, report.StandardError));
        Assert.Equal(4 / (4 + (1.959963984540054 * 1.959963984540054)), report.Low, 1e-12);
        Assert.Equal("100.0% right (95% interval 51.0% to 100.0%; chance 50.0%; 4 choices)", report.ToString().Replace(" %", "%", StringComparison.Ordinal));
    }

    [Fact]
    public void Kinds_are_reported_by_themselves()
    {
        using var scope = NewDisposeScope();
        var (images, correct, wrong) = (randn(30, 4), randn(30, 4), randn(30, 2, 4));
        Fault[] kinds = [.. Enumerable.Range(0, 30).Select(i => i % 3 == 0 ? Fault.Color : Fault.Order)];
        var whole = CaptionSelection.Measure(images, correct, wrong);
        var byKind = whole.By(kinds);
        Assert.Equal([Fault.Color, Fault.Order], byKind.Select(part => part.Kind));
        foreach (var (kind, report) in byKind)
        {
            var rows = tensor(Enumerable.Range(0, 30).Where(i => kinds[i] == kind).Select(i => (long)i).ToArray());
            var alone = CaptionSelection.Measure(images.index_select(0, rows), correct.index_select(0, rows), wrong.index_select(0, rows));
            Assert.Equal((alone.Right, alone.Low, alone.Chance), (report.Right, report.Low, report.Chance));
            Assert.Equal(alone.Margins, report.Margins);
        }

        BadInput.Refused("There are 2 kinds for 30 choices", () => whole.By(kinds[..2]));
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        BadInput.Refused("shapes must be equal", () => CaptionSelection.Measure(ones(3, 2), ones(4, 2), ones(4, 2)));
        BadInput.Refused("wrong is Float32 [4, 2]", () => CaptionSelection.Measure(ones(3, 2), ones(3, 2), ones(4, 2)));
        BadInput.Refused("expected float [3, F, 2]", () => CaptionSelection.Measure(ones(3, 2), ones(3, 2), ones(3, 4, 5)));
        BadInput.Refused("which is empty", () => CaptionSelection.Measure(ones(3, 2), ones(3, 2), ones(3, 0, 2)));
        BadInput.Refused("wrong is Float64", () => CaptionSelection.Measure(ones(3, 2), ones(3, 2), ones(3, 2, float64)));
        BadInput.Refused("wrong holds NaN", () => CaptionSelection.Measure(ones(3, 2), ones(3, 2), ones(3, 2) * float.NaN));
        BadInput.Refused("empty", () => CaptionSelection.Measure(ones(0, 2), ones(0, 2), ones(0, 2)));
    }
}
