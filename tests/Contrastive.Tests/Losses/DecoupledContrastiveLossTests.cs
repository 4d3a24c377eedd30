using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class DecoupledContrastiveLossTests
{
    private static double[] Weights(double[][] view1, double[][] view2, double? sigma)
    {
        var exponentials = view1.Zip(view2).Select(pair => sigma is { } width ? Math.Exp(Loops.Cosine(pair.First, pair.Second) / width) : 1).ToArray();
        return [.. exponentials.Select(e => 2 - (e / exponentials.Average()))];
    }

    private static double Oracle(double[][] view1, double[][] view2, double temperature, double[] weights)
    {
        var z = view1.Concat(view2).Select(Loops.Unit).ToArray();
        var n = view1.Length;
        var total = 0.0;
        for (var i = 0; i < 2 * n; i++)
        {
            var j = (i + n) % (2 * n);
            var sum = Enumerable.Range(0, 2 * n).Where(k => k != i && k != j).Sum(k => Math.Exp(Loops.Dot(z[i], z[k]) / temperature));
            total += Math.Log(sum) - (weights[i % n] * Loops.Dot(z[i], z[j]) / temperature);
        }

        return total / (2 * n);
    }

    [Theory]
    [MemberData(nameof(Cases.TwoViews), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] view1, double[][] view2)
    {
        foreach (var temperature in new[] { 0.01, 0.1, 1 })
        {
            foreach (var sigma in new double?[] { null, 0.5 })
            {
                var weights = Weights(view1, view2, sigma); // constants: no gradient flows through them
                Agreement.Check($"{name} {temperature} {sigma}", new DecoupledContrastiveLoss(temperature, sigma).Compute, (a, b) => Oracle(a, b, temperature, weights), view1, view2);
            }
        }
    }

    [Fact]
    public void Equals_ln_2N_minus_2_less_the_similarity_for_identical_embeddings()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Math.Log(8), new DecoupledContrastiveLoss(0.5).Compute(ones(5, 3, dtype: float64), ones(5, 3, dtype: float64)).item<double>(), 12);
    }

    [Fact]
    public void Leaves_no_tensor_behind() => Leaks.CheckTwoViews(new DecoupledContrastiveLoss());

    [Fact]
    public void Refuses_bad_input() => BadInput.CheckTwoViews(new DecoupledContrastiveLoss());
}
