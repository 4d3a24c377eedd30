using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class SupervisedContrastiveLossTests
{
    /// <summary>Equations 2 and 3 of the paper.</summary>
    private static double Oracle(
        double[][] embeddings, long[] labels, double[][] references, long[] referenceLabels, double temperature, bool insideLog)
    {
        var (z, c) = Loops.Units(embeddings, references);
        List<double> costs = [];
        for (var i = 0; i < z.Length; i++)
        {
            var others = Loops.Others(z, i, c);
            var positives = others.Where(p => referenceLabels[p] == labels[i]).ToArray();
            if (positives.Length == 0)
                continue;
            var all = others.Sum(a => Math.Exp(Loops.Dot(z[i], c[a]) / temperature));
            costs.Add(insideLog
                ? -Math.Log(positives.Average(p => Math.Exp(Loops.Dot(z[i], c[p]) / temperature) / all))
                : -positives.Average(p => Math.Log(Math.Exp(Loops.Dot(z[i], c[p]) / temperature) / all)));
        }

        return costs.DefaultIfEmpty(0).Average();
    }

    [Theory]
    [MemberData(nameof(Cases.Labeled), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] embeddings, long[] labels)
    {
        foreach (var temperature in new[] { 0.01, 0.1, 1 })
        {
            foreach (var insideLog in new[] { false, true })
            {
                Agreement.Check(
                    $"{name} {temperature}", new SupervisedContrastiveLoss(temperature, insideLog).Compute, (z, y) => Oracle(z, y, z, y, temperature, insideLog), embeddings, labels);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases.Against), MemberType = typeof(Cases))]
    public void Equals_the_equation_against_references(string name, double[][] embeddings, long[] labels, double[][] references, long[] referenceLabels)
    {
        foreach (var insideLog in new[] { false, true })
        {
            Agreement.Check(
                name, new SupervisedContrastiveLoss(0.1, insideLog), (z, y, c, k) => Oracle(z, y, c, k, 0.1, insideLog),
                embeddings, labels, references, referenceLabels);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Keeps_its_digits_in_float32_where_it_is_nearly_solved(bool insideLog) =>
        Precision.CheckNearlySolved(new SupervisedContrastiveLoss(0.04, insideLog));

    [Fact]
    public void Equals_NT_Xent_where_each_class_is_one_pair()
    {
        using var scope = NewDisposeScope();
        var (view1, view2) = (randn(5, 3, dtype: float64), randn(5, 3, dtype: float64));
        var items = arange(5);
        Assert.Equal(
            new NtXentLoss(0.1).Compute(view1, view2).item<double>(),
            new SupervisedContrastiveLoss().Compute(cat([view1, view2], dim: 0), cat([items, items], dim: 0)).item<double>(),
            12);
    }

    [Fact]
    public void Equals_ln_N_minus_1_for_identical_embeddings()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Math.Log(5), new SupervisedContrastiveLoss().Compute(ones(6, 3, dtype: float64), arange(6) % 2).item<double>(), 12);
    }

    [Fact]
    public void Leaves_no_tensor_behind() => Leaks.CheckLabeled(new SupervisedContrastiveLoss());

    [Fact]
    public void Refuses_bad_input() => BadInput.CheckLabeled(new SupervisedContrastiveLoss());
}
