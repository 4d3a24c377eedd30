using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class CosineContrastiveLossTests
{
    private static double Cost(double[] a, double[] b, bool isSimilar, double margin) =>
        isSimilar ? 1 - Loops.Cosine(a, b) : Math.Max(0, Loops.Cosine(a, b) - margin);

    private static double Oracle(double[][] z, long[] labels, double margin)
    {
        List<double> costs = [];
        for (var i = 0; i < z.Length; i++)
        {
            for (var j = i + 1; j < z.Length; j++)
                costs.Add(Cost(z[i], z[j], labels[i] == labels[j], margin));
        }

        return costs.Average();
    }

    [Theory]
    [MemberData(nameof(Cases.Labeled), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] embeddings, long[] labels)
    {
        foreach (var margin in new[] { 0, 0.3 })
            Agreement.Check(name, new CosineContrastiveLoss(margin).Compute, (z, y) => Oracle(z, y, margin), embeddings, labels);
    }

    [Theory]
    [MemberData(nameof(Cases.Against), MemberType = typeof(Cases))]
    public void Equals_the_mean_over_all_pairs_with_references(string name, double[][] embeddings, long[] labels, double[][] references, long[] referenceLabels) =>
        Agreement.Check(
            name, new CosineContrastiveLoss(0.1),
            (z, y, c, k) => z.Select((row, i) => c.Select((other, j) => Cost(row, other, y[i] == k[j], 0.1)).Average()).Average(),
            embeddings, labels, references, referenceLabels);

    [Theory]
    [MemberData(nameof(Cases.TwoViews), MemberType = typeof(Cases))]
    public void Equals_the_mean_over_given_pairs(string name, double[][] first, double[][] second)
    {
        bool[] similar = [.. first.Select((_, i) => i % 3 == 0)];
        Agreement.Check(
            name, (a, b) => new CosineContrastiveLoss(0.2).Compute(a, b, tensor(similar)),
            (a, b) => a.Select((row, i) => Cost(row, b[i], similar[i], 0.2)).Average(), first, second);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    public void Equals_the_cosine_embedding_loss_of_torch_for_given_pairs(double margin)
    {
        using var scope = NewDisposeScope();
        var (first, second, similar) = (randn(9, 4, dtype: float64), randn(9, 4, dtype: float64), arange(9) % 2);
        Assert.Equal(
            nn.functional.cosine_embedding_loss(first, second, (2 * similar) - 1, margin).item<double>(),
            new CosineContrastiveLoss(margin).Compute(first, second, similar).item<double>(),
            10); // torch adds a tiny number to the lengths
    }

    [Fact]
    public void Keeps_its_digits_in_float32_for_nearly_equal_directions()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (tensor(new float[,] { { 3, 0 } }), tensor(new float[,] { { 2, 0.002f } })); // 1 − cos is below the steps of float32 near 1
        Assert.Equal(1, new CosineContrastiveLoss().Compute(first, second, ones(1, dtype: int64)).item<float>() / 4.999996e-7, 1e-4);
    }

    [Fact]
    public void Is_zero_for_orthogonal_classes_of_one_direction()
    {
        using var scope = NewDisposeScope();
        var z = tensor(new double[,] { { 1, 0 }, { 3, 0 }, { 0, 1 }, { 0, 2 } });
        Assert.Equal(0, new CosineContrastiveLoss().Compute(z, tensor(new long[] { 0, 0, 1, 1 })).item<double>(), 15);
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        Leaks.CheckLabeled(new CosineContrastiveLoss());
        Leaks.CheckPairs(new CosineContrastiveLoss());
    }

    [Fact]
    public void Refuses_bad_input()
    {
        BadInput.CheckLabeled(new CosineContrastiveLoss());
        BadInput.CheckPairs(new CosineContrastiveLoss());
    }

    [Fact]
    public void A_row_of_zeros_has_cosine_zero_with_every_row_and_no_gradient()
    {
        using var scope = NewDisposeScope();
        var rows = tensor(new double[,] { { 0, 0 }, { 3, 4 }, { 0, 0 } }).requires_grad_();
        var loss = new CosineContrastiveLoss(0.2).Compute(rows, tensor(new long[] { 0, 0, 1 }));
        loss.backward();
        Assert.Equal(1.0 / 3, loss.item<double>(), 12); // 1 for the positive pair, 0 for the negative ones
        Assert.Equal(0, rows.grad!.abs().max().item<double>());
        Assert.Equal(0.3, new TripletLoss(0.3, distance: PairDistance.Cosine).Compute(rows[..1], rows[1..2], rows[2..]).item<double>(), 12); // 1 − 1 + 0.3
    }
}
