using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class LiftedStructureLossTests
{
    private static double Push(double[][] z, long[] labels, int i, double margin) =>
        Enumerable.Range(0, z.Length).Where(k => labels[k] != labels[i]).Sum(k => Math.Exp(margin - Loops.Distance(z[i], z[k])));

    /// <summary>Equation 4 of Song et al.</summary>
    private static double Pairs(double[][] z, long[] labels, double margin)
    {
        var (total, pairs) = (0.0, 0);
        for (var i = 0; i < z.Length; i++)
        {
            for (var j = i + 1; j < z.Length; j++)
            {
                if (labels[i] != labels[j])
                    continue;
                var cost = Math.Log(Push(z, labels, i, margin) + Push(z, labels, j, margin)) + Loops.Distance(z[i], z[j]);
                total += Math.Pow(Math.Max(0, cost), 2);
                pairs++;
            }
        }

        return total / (2 * pairs);
    }

    /// <summary>The form of Hermans et al.</summary>
    private static double Anchors(double[][] z, long[] labels, double margin)
    {
        List<double> costs = [];
        for (var i = 0; i < z.Length; i++)
        {
            var positives = Enumerable.Range(0, z.Length).Where(p => p != i && labels[p] == labels[i]).ToArray();
            if (positives.Length > 0)
                costs.Add(Math.Max(0, Math.Log(positives.Sum(p => Math.Exp(Loops.Distance(z[i], z[p])))) + Math.Log(Push(z, labels, i, margin))));
        }

        return costs.Average();
    }

    [Theory]
    [MemberData(nameof(Cases.Labeled), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] embeddings, long[] labels)
    {
        if (name is "duplicates") // where a distance is zero its derivative depends on the side
            return;
        foreach (var margin in new[] { 0.5, 1, 3 })
        {
            Agreement.Check(name, new LiftedStructureLoss(margin).Compute, (z, y) => Pairs(z, y, margin), embeddings, labels);
            Agreement.Check($"{name}, generalized", new LiftedStructureLoss(margin, generalized: true).Compute, (z, y) => Anchors(z, y, margin), embeddings, labels);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Agrees_in_value_and_has_a_finite_gradient_for_duplicates(bool generalized)
    {
        using var scope = NewDisposeScope();
        double[][] rows = [[1, 2], [1, 2], [0.5, -1], [0.5, -1], [1, 2], [2, 0.1]];
        long[] labels = [0, 0, 1, 1, 1, 0];
        var z = Agreement.Leaf(rows);
        var loss = new LiftedStructureLoss(generalized: generalized).Compute(z, tensor(labels));
        Agreement.CheckValue("duplicates", generalized ? Anchors(rows, labels, 1) : Pairs(rows, labels, 1), loss);
        loss.backward();
        Assert.True(z.grad!.isfinite().all().item<bool>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Is_zero_for_one_class_only(bool generalized)
    {
        using var scope = NewDisposeScope();
        var z = randn(5, 3).requires_grad_();
        var loss = new LiftedStructureLoss(generalized: generalized).Compute(z, zeros(5, dtype: int64));
        loss.backward();
        Assert.Equal(0, loss.item<float>());
        Assert.Equal(0, z.grad!.abs().max().item<float>());
    }

    [Fact]
    public void Leaves_no_tensor_behind() => Leaks.CheckLabeled(new LiftedStructureLoss());

    [Fact]
    public void Refuses_bad_input() => BadInput.CheckLabeled(new LiftedStructureLoss());
}
