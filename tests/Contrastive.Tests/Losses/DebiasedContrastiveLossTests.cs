using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class DebiasedContrastiveLossTests
{
    /// <summary>Equations 7 and 8 of the paper.</summary>
    private static double Oracle(double[][] view1, double[][] view2, double classPrior, double temperature)
    {
        var z = view1.Concat(view2).Select(Loops.Unit).ToArray();
        var n = view1.Length;
        var total = 0.0;
        for (var i = 0; i < 2 * n; i++)
        {
            var j = (i + n) % (2 * n);
            var positive = Math.Exp(Loops.Dot(z[i], z[j]) / temperature);
            var negatives = Enumerable.Range(0, 2 * n).Where(k => k != i && k != j).Select(k => Math.Exp(Loops.Dot(z[i], z[k]) / temperature)).ToArray();
            var g = Math.Max((negatives.Average() - (classPrior * positive)) / (1 - classPrior), Math.Exp(-1 / temperature));
            total -= Math.Log(positive / (positive + (negatives.Length * g)));
        }

        return total / (2 * n);
    }

    [Theory]
    [MemberData(nameof(Cases.TwoViews), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] view1, double[][] view2)
    {
        foreach (var (classPrior, temperature) in new (double, double)[] { (0.1, 0.5), (0, 0.2), (0.5, 1), (0.1, 0.01) })
            Agreement.Check($"{name} {classPrior} {temperature}", new DebiasedContrastiveLoss(classPrior, temperature).Compute, (a, b) => Oracle(a, b, classPrior, temperature), view1, view2);
    }

    [Fact]
    public void Equals_ln_2N_minus_1_for_identical_embeddings()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Math.Log(9), new DebiasedContrastiveLoss().Compute(ones(5, 3, dtype: float64), ones(5, 3, dtype: float64)).item<double>(), 12);
    }

    [Fact]
    public void Leaves_no_tensor_behind() => Leaks.CheckTwoViews(new DebiasedContrastiveLoss());

    [Fact]
    public void Refuses_bad_input() => BadInput.CheckTwoViews(new DebiasedContrastiveLoss());
}
