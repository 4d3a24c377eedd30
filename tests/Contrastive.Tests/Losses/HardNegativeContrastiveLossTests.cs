using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class HardNegativeContrastiveLossTests
{
    /// <summary>Both papers' estimator, in plain exponentials.</summary>
    internal static double Oracle(double[][] view1, double[][] view2, double beta, double classPrior, double temperature)
    {
        var z = view1.Concat(view2).Select(Loops.Unit).ToArray();
        var n = view1.Length;
        var total = 0.0;
        for (var i = 0; i < 2 * n; i++)
        {
            var j = (i + n) % (2 * n);
            var positive = Math.Exp(Loops.Dot(z[i], z[j]) / temperature);
            var negatives = Enumerable.Range(0, 2 * n).Where(k => k != i && k != j).Select(k => Loops.Dot(z[i], z[k]) / temperature).ToArray();
            var meanImportance = negatives.Average(s => Math.Exp(beta * s));
            var weighted = negatives.Sum(s => Math.Exp(beta * s) / meanImportance * Math.Exp(s));
            var corrected = Math.Max((weighted - (classPrior * negatives.Length * positive)) / (1 - classPrior), negatives.Length * Math.Exp(-1 / temperature));
            total -= Math.Log(positive / (positive + corrected));
        }

        return total / (2 * n);
    }

    [Theory]
    [MemberData(nameof(Cases.TwoViews), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] view1, double[][] view2)
    {
        foreach (var (beta, classPrior, temperature) in new (double, double, double)[] { (1, 0.1, 0.5), (0.5, 0, 0.2), (2, 0.3, 1), (1, 0.1, 0.01) })
        {
            Agreement.Check(
                $"{name} {beta} {classPrior} {temperature}",
                new HardNegativeContrastiveLoss(beta, classPrior, temperature).Compute,
                (a, b) => Oracle(a, b, beta, classPrior, temperature),
                view1,
                view2);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // products far below −1
    public void Is_NT_Xent_without_weight_and_prior(bool normalize)
    {
        using var scope = NewDisposeScope();
        var (view1, view2) = (randn(6, 3, dtype: float64) * 3, randn(6, 3, dtype: float64) * 3);
        Assert.Equal(
            new NtXentLoss(0.3, normalize).Compute(view1, view2).item<double>(),
            new HardNegativeContrastiveLoss(0, 0, 0.3, normalize).Compute(view1, view2).item<double>(), 1e-10);
    }

    [Fact]
    public void Is_finite_at_a_low_temperature_in_float32()
    {
        using var scope = NewDisposeScope();
        var view1 = randn(6, 3).requires_grad_();
        var loss = new HardNegativeContrastiveLoss(temperature: 0.01).Compute(view1, -view1);
        loss.backward();
        Assert.True(float.IsFinite(loss.item<float>()));
        Assert.True(view1.grad!.isfinite().all().item<bool>());
    }

    [Fact]
    public void Leaves_no_tensor_behind() => Leaks.CheckTwoViews(new HardNegativeContrastiveLoss());

    [Fact]
    public void Refuses_bad_input() => BadInput.CheckTwoViews(new HardNegativeContrastiveLoss());

    [Theory]
    [InlineData(-1, 0.1, 0.5, "beta")]
    [InlineData(1, 1, 0.5, "classPrior")]
    [InlineData(1, 0.1, 0, "temperature")]
    public void Refuses_parameters_out_of_range(double beta, double classPrior, double temperature, string name) =>
        Assert.Contains(name, Assert.Throws<ArgumentOutOfRangeException>(() => new HardNegativeContrastiveLoss(beta, classPrior, temperature)).Message);
}
