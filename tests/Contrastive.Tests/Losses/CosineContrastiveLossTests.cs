using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class CosineContrastiveLossTests
{
    private static double Oracle(double[][] z, long[] labels, double margin)
    {
        var (total, pairs) = (0.0, 0);
        for (var i = 0; i < z.Length; i++)
        {
            for (var j = i + 1; j < z.Length; j++, pairs++)
            {
                var cosine = Loops.Cosine(z[i], z[j]);
                total += labels[i] == labels[j] ? 1 - cosine : Math.Max(0, cosine - margin);
            }
        }

        return total / pairs;
    }

    [Theory]
    [MemberData(nameof(Cases.Labeled), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] embeddings, long[] labels)
    {
        foreach (var margin in new[] { 0, 0.3 })
            Agreement.Check(name, new CosineContrastiveLoss(margin).Compute, (z, y) => Oracle(z, y, margin), embeddings, labels);
    }

    [Fact]
    public void Is_zero_for_orthogonal_classes_of_one_direction()
    {
        using var scope = NewDisposeScope();
        var z = tensor(new double[,] { { 1, 0 }, { 3, 0 }, { 0, 1 }, { 0, 2 } });
        Assert.Equal(0, new CosineContrastiveLoss().Compute(z, tensor(new long[] { 0, 0, 1, 1 })).item<double>(), 15);
    }

    [Fact]
    public void Leaves_no_tensor_behind() => Leaks.CheckLabeled(new CosineContrastiveLoss());

    [Fact]
    public void Refuses_bad_input() => BadInput.CheckLabeled(new CosineContrastiveLoss());
}
