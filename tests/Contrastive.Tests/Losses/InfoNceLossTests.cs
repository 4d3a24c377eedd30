using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class InfoNceLossTests
{
    private static double Oracle(double[][] queries, double[][] keys, double[][]? queue, double temperature, bool normalize)
    {
        double Score(double[] a, double[] b) => (normalize ? Loops.Cosine(a, b) : Loops.Dot(a, b)) / temperature;
        var total = 0.0;
        for (var i = 0; i < queries.Length; i++)
        {
            var positive = Math.Exp(Score(queries[i], keys[i]));
            var negatives = queue is null
                ? Enumerable.Range(0, keys.Length).Where(j => j != i).Sum(j => Math.Exp(Score(queries[i], keys[j])))
                : queue.Sum(key => Math.Exp(Score(queries[i], key)));
            total -= Math.Log(positive / (positive + negatives));
        }

        return total / queries.Length;
    }

    [Theory]
    [MemberData(nameof(Cases.TwoViews), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] view1, double[][] view2)
    {
        foreach (var (temperature, normalize) in new[] { (0.01, true), (0.07, true), (1.0, false) })
        {
            var loss = new InfoNceLoss(temperature, normalize);
            Agreement.Check($"{name} {temperature}", loss.Compute, (a, b) => Oracle(a, b, null, temperature, normalize), view1, view2);
            foreach (var size in new[] { 1, 9 })
            {
                var queue = Cases.Random(size, view1[0].Length, 5);
                Agreement.Check(
                    $"{name} {temperature}, queue of {size}",
                    leaves => loss.Compute(leaves[0], leaves[1], leaves[2]),
                    () => Oracle(view1, view2, queue, temperature, normalize),
                    view1,
                    view2,
                    queue);
            }
        }
    }

    [Fact]
    public void Equals_ln_1_plus_K_for_identical_embeddings()
    {
        using var scope = NewDisposeScope();
        var same = ones(1, 4, dtype: float64);
        Assert.Equal(Math.Log(101), new InfoNceLoss().Compute(same, same, same.expand(100, 4)).item<double>(), 12);
    }

    [Fact]
    public void Leaves_no_tensor_behind() => Leaks.CheckTwoViews(new InfoNceLoss());

    [Fact]
    public void Refuses_bad_input()
    {
        BadInput.CheckTwoViews(new InfoNceLoss());
        using var scope = NewDisposeScope();
        BadInput.Refused("queue", () => new InfoNceLoss().Compute(ones(4, 3), ones(4, 3), ones(9, 2)));
        BadInput.Refused("queue", () => new InfoNceLoss().Compute(ones(4, 3), ones(4, 3), ones(0, 3)));
        BadInput.Refused("queue holds NaN", () => new InfoNceLoss().Compute(ones(4, 3), ones(4, 3), ones(9, 3) * float.NaN));
    }
}
