using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class NPairLossTests
{
    /// <summary>Equation 7 of the paper.</summary>
    private static double Oracle(double[][] anchors, double[][] positives, double penalty)
    {
        var total = 0.0;
        for (var i = 0; i < anchors.Length; i++)
        {
            var sum = 1.0;
            for (var j = 0; j < anchors.Length; j++)
            {
                if (j != i)
                    sum += Math.Exp(Loops.Dot(anchors[i], positives[j]) - Loops.Dot(anchors[i], positives[i]));
            }

            total += Math.Log(sum) + (penalty * (Loops.Dot(anchors[i], anchors[i]) + Loops.Dot(positives[i], positives[i])));
        }

        return total / anchors.Length;
    }

    [Theory]
    [MemberData(nameof(Cases.TwoViews), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] view1, double[][] view2)
    {
        foreach (var penalty in new[] { 0, 0.002 })
            Agreement.Check(name, new NPairLoss(penalty).Compute, (a, b) => Oracle(a, b, penalty), view1, view2);
    }

    [Fact]
    public void Equals_ln_N_for_identical_embeddings()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Math.Log(7), new NPairLoss().Compute(ones(7, 3, dtype: float64), ones(7, 3, dtype: float64)).item<double>(), 12);
    }

    [Fact]
    public void Leaves_no_tensor_behind() => Leaks.CheckTwoViews(new NPairLoss());

    [Fact]
    public void Refuses_bad_input() => BadInput.CheckTwoViews(new NPairLoss());
}
