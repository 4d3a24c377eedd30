using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class LiftedStructureLossTests
{
    private static double Push(double[] from, long label, double[][] to, long[] labels, double margin) =>
        Enumerable.Range(0, to.Length).Where(k => labels[k] != label).Sum(k => Math.Exp(margin - Loops.Distance(from, to[k])));

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
                var cost = Math.Log(Push(z[i], labels[i], z, labels, margin) + Push(z[j], labels[j], z, labels, margin)) + Loops.Distance(z[i], z[j]);
                total += Math.Pow(Math.Max(0, cost), 2);
                pairs++;
            }
        }

        return total / (2 * pairs);
    }

    /// <summary>The same with a row of the batch and a reference as the two of a pair.</summary>
    private static double Pairs(double[][] z, long[] labels, double[][] c, long[] referenceLabels, double margin)
    {
        List<double> costs = [];
        for (var i = 0; i < z.Length; i++)
        {
            for (var j = 0; j < c.Length; j++)
            {
                var pushes = Push(z[i], labels[i], c, referenceLabels, margin) + Push(c[j], referenceLabels[j], z, labels, margin);
                if (labels[i] == referenceLabels[j])
                    costs.Add(Math.Pow(Math.Max(0, Math.Log(pushes) + Loops.Distance(z[i], c[j])), 2) / 2);
            }
        }

        return costs.DefaultIfEmpty(0).Average();
    }

    /// <summary>The form of Hermans et al.</summary>
    private static double Anchors(double[][] z, long[] labels, double[][] c, long[] referenceLabels, double margin)
    {
        List<double> costs = [];
        for (var i = 0; i < z.Length; i++)
        {
            var positives = Loops.Others(z, i, c).Where(p => referenceLabels[p] == labels[i]).ToArray();
            if (positives.Length > 0)
            {
                var pull = positives.Sum(p => Math.Exp(Loops.Distance(z[i], c[p])));
                costs.Add(Math.Max(0, Math.Log(pull) + Math.Log(Push(z[i], labels[i], c, referenceLabels, margin))));
            }
        }

        return costs.DefaultIfEmpty(0).Average();
    }

    private static double Anchors(double[][] z, long[] labels, double margin) => Anchors(z, labels, z, labels, margin);

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
    [MemberData(nameof(Cases.Against), MemberType = typeof(Cases))]
    public void Equals_the_equation_against_references(string name, double[][] embeddings, long[] labels, double[][] references, long[] referenceLabels)
    {
        Agreement.Check(name, new LiftedStructureLoss(2), (z, y, c, k) => Pairs(z, y, c, k, 2), embeddings, labels, references, referenceLabels);
        Agreement.Check(
            name, new LiftedStructureLoss(2, generalized: true), (z, y, c, k) => Anchors(z, y, c, k, 2), embeddings, labels, references, referenceLabels);
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
