using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class PairwiseContrastiveLossTests
{
    /// <summary>Equation 4 of Hadsell et al., pair by pair.</summary>
    private static double Oracle(double[][] z, long[] labels, double margin)
    {
        var (total, pairs) = (0.0, 0);
        for (var i = 0; i < z.Length; i++)
        {
            for (var j = i + 1; j < z.Length; j++, pairs++)
            {
                var distance = Loops.Distance(z[i], z[j]);
                total += labels[i] == labels[j] ? distance * distance / 2 : Math.Pow(Math.Max(0, margin - distance), 2) / 2;
            }
        }

        return total / pairs;
    }

    [Theory]
    [MemberData(nameof(Cases.Labeled), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] embeddings, long[] labels)
    {
        foreach (var margin in new[] { 0.5, 1, 5 })
            Agreement.Check(name, new PairwiseContrastiveLoss(margin).Compute, (z, y) => Oracle(z, y, margin), embeddings, labels);
    }

    [Fact]
    public void Is_zero_for_classes_in_single_points_a_margin_apart()
    {
        using var scope = NewDisposeScope();
        var z = tensor(new double[,] { { 0, 0 }, { 0, 0 }, { 2, 0 }, { 2, 0 } });
        Assert.Equal(0, new PairwiseContrastiveLoss(2).Compute(z, tensor(new long[] { 0, 0, 1, 1 })).item<double>());
    }

    [Fact]
    public void Leaves_no_tensor_behind() => Leaks.CheckLabeled(new PairwiseContrastiveLoss());

    [Fact]
    public void Refuses_bad_input() => BadInput.CheckLabeled(new PairwiseContrastiveLoss());

    [Fact]
    public void Refuses_a_margin_that_is_not_above_zero() =>
        Assert.Contains("margin", Assert.Throws<ArgumentOutOfRangeException>(() => new PairwiseContrastiveLoss(0)).Message);
}
