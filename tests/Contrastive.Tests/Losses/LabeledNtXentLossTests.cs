using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class LabeledNtXentLossTests
{
    private static double Oracle(double[][] embeddings, long[] labels, double[][] references, long[] referenceLabels, double temperature)
    {
        var (z, c) = Loops.Units(embeddings, references);
        List<double> costs = [];
        for (var i = 0; i < z.Length; i++)
        {
            var negatives = Enumerable.Range(0, c.Length).Where(n => referenceLabels[n] != labels[i]).ToArray();
            foreach (var p in Loops.Others(z, i, c).Where(p => referenceLabels[p] == labels[i]))
            {
                var numerator = Math.Exp(Loops.Dot(z[i], c[p]) / temperature);
                costs.Add(-Math.Log(numerator / (numerator + negatives.Sum(n => Math.Exp(Loops.Dot(z[i], c[n]) / temperature)))));
            }
        }

        return costs.DefaultIfEmpty(0).Average();
    }

    [Theory]
    [MemberData(nameof(Cases.Labeled), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] embeddings, long[] labels)
    {
        foreach (var temperature in new[] { 0.01, 0.1, 1 })
            Agreement.Check($"{name} {temperature}", new LabeledNtXentLoss(temperature).Compute, (z, y) => Oracle(z, y, z, y, temperature), embeddings, labels);
    }

    [Theory]
    [MemberData(nameof(Cases.Against), MemberType = typeof(Cases))]
    public void Equals_the_equation_against_references(string name, double[][] embeddings, long[] labels, double[][] references, long[] referenceLabels) =>
        Agreement.Check(name, new LabeledNtXentLoss(0.1), (z, y, c, k) => Oracle(z, y, c, k, 0.1), embeddings, labels, references, referenceLabels);

    [Fact]
    public void Equals_NT_Xent_where_each_item_is_a_class_and_has_two_views()
    {
        using var scope = NewDisposeScope();
        var z = randn(10, 3, dtype: float64);
        var (labeled, twoView) = (z.clone().requires_grad_(), z.clone().requires_grad_());
        var (first, second) = (new LabeledNtXentLoss(0.2).Compute(labeled, arange(10) % 5), new NtXentLoss(0.2).Compute(twoView[..5], twoView[5..]));
        first.backward();
        second.backward();
        Assert.Equal(second.item<double>(), first.item<double>(), 12);
        Assert.True(labeled.grad!.allclose(twoView.grad!, atol: 1e-12));
    }

    [Fact]
    public void Equals_the_logarithm_of_the_negatives_and_one_for_identical_embeddings()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Math.Log(4), new LabeledNtXentLoss().Compute(ones(6, 3, dtype: float64), arange(6) % 2).item<double>(), 12);
    }

    [Fact]
    public void Keeps_its_digits_in_float32_where_it_is_nearly_solved() => Precision.CheckNearlySolved(new LabeledNtXentLoss(0.04));

    [Fact]
    public void Leaves_no_tensor_behind() => Leaks.CheckLabeled(new LabeledNtXentLoss());

    [Fact]
    public void Refuses_bad_input() => BadInput.CheckLabeled(new LabeledNtXentLoss());
}
