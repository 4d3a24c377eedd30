using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class PairwiseContrastiveLossTests
{
    /// <summary>Equation 4 of Hadsell et al., for one pair.</summary>
    private static double Cost(double[] a, double[] b, bool isSimilar, double margin, PairDistance kind)
    {
        var distance = Loops.Distance(a, b, kind);
        return isSimilar ? distance * distance / 2 : Math.Pow(Math.Max(0, margin - distance), 2) / 2;
    }

    /// <summary>Pair by pair.</summary>
    private static double Oracle(double[][] z, long[] labels, double margin, PairDistance kind)
    {
        List<double> costs = [];
        for (var i = 0; i < z.Length; i++)
        {
            for (var j = i + 1; j < z.Length; j++)
                costs.Add(Cost(z[i], z[j], labels[i] == labels[j], margin, kind));
        }

        return costs.Average();
    }

    [Theory]
    [MemberData(nameof(Cases.Labeled), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] embeddings, long[] labels)
    {
        foreach (var margin in new[] { 0.5, 1, 5 })
        {
            foreach (var kind in Enum.GetValues<PairDistance>())
            {
                if (kind is PairDistance.Cosine && name is "one column") // cosines of ±1 have no derivative by differences
                    continue;
                Agreement.Check($"{name} {kind}", new PairwiseContrastiveLoss(margin, kind).Compute, (z, y) => Oracle(z, y, margin, kind), embeddings, labels);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases.Against), MemberType = typeof(Cases))]
    public void Equals_the_mean_over_all_pairs_with_references(string name, double[][] embeddings, long[] labels, double[][] references, long[] referenceLabels) =>
        Agreement.Check(
            name, new PairwiseContrastiveLoss(2),
            (z, y, c, k) => z.Select((row, i) => c.Select((other, j) => Cost(row, other, y[i] == k[j], 2, PairDistance.Euclidean)).Average()).Average(),
            embeddings, labels, references, referenceLabels);

    [Theory]
    [MemberData(nameof(Cases.TwoViews), MemberType = typeof(Cases))]
    public void Equals_the_mean_over_given_pairs(string name, double[][] first, double[][] second)
    {
        bool[] similar = [.. first.Select((_, i) => i % 3 == 0)];
        foreach (var kind in Enum.GetValues<PairDistance>())
        {
            if (name is "duplicates" || (kind is PairDistance.Cosine && name is "3 x 1")) // equal rows; cosines of ±1
                continue;
            Agreement.Check(
                $"{name} {kind}", (a, b) => new PairwiseContrastiveLoss(1.5, kind).Compute(a, b, tensor(similar)),
                (a, b) => a.Select((row, i) => Cost(row, b[i], similar[i], 1.5, kind)).Average(), first, second);
        }
    }

    [Fact]
    public void Takes_the_gradient_of_equal_rows_as_zero()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (ones(2, 3).requires_grad_(), ones(2, 3).requires_grad_());
        foreach (var kind in Enum.GetValues<PairDistance>())
        {
            var loss = new PairwiseContrastiveLoss(1, kind).Compute(first, second, tensor(new long[] { 0, 1 }));
            loss.backward();
            Assert.Equal(0.25f, loss.item<float>(), 1e-6);
            Assert.Equal(0, (first.grad!.abs().max() + second.grad!.abs().max()).item<float>());
        }
    }

    [Fact]
    public void Takes_flags_as_bool_or_as_integers()
    {
        using var scope = NewDisposeScope();
        var (first, second, similar) = (randn(4, 3), randn(4, 3), tensor(new[] { true, false, false, true }));
        var loss = new PairwiseContrastiveLoss(3);
        foreach (var type in new[] { int64, int32, uint8 })
            Assert.Equal(loss.Compute(first, second, similar).item<float>(), loss.Compute(first, second, similar.to(type)).item<float>());
    }

    [Fact]
    public void Is_zero_for_classes_in_single_points_a_margin_apart()
    {
        using var scope = NewDisposeScope();
        var z = tensor(new double[,] { { 0, 0 }, { 0, 0 }, { 2, 0 }, { 2, 0 } });
        Assert.Equal(0, new PairwiseContrastiveLoss(2).Compute(z, tensor(new long[] { 0, 0, 1, 1 })).item<double>());
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        Leaks.CheckLabeled(new PairwiseContrastiveLoss());
        Leaks.CheckPairs(new PairwiseContrastiveLoss());
    }

    [Fact]
    public void Refuses_bad_input()
    {
        BadInput.CheckLabeled(new PairwiseContrastiveLoss());
        BadInput.CheckPairs(new PairwiseContrastiveLoss());
    }

    [Fact]
    public void Refuses_a_margin_that_is_not_above_zero_and_an_unknown_distance()
    {
        Assert.Contains("margin", Assert.Throws<ArgumentOutOfRangeException>(() => new PairwiseContrastiveLoss(0)).Message);
        Assert.Contains("Cosine", Assert.Throws<ArgumentOutOfRangeException>(() => new PairwiseContrastiveLoss(1, (PairDistance)7)).Message);
    }
}
