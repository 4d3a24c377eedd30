using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class NtXentLossTests
{
    /// <summary>Equation 1 of the paper, term by term.</summary>
    private static double Oracle(double[][] view1, double[][] view2, double temperature, long[]? ids = null)
    {
        var z = view1.Concat(view2).Select(Loops.Unit).ToArray();
        var n = view1.Length;
        var total = 0.0;
        for (var i = 0; i < 2 * n; i++)
        {
            var j = (i + n) % (2 * n);
            var denominator = 0.0;
            for (var k = 0; k < 2 * n; k++)
            {
                if (k == j || (k != i && (ids is null || ids[k % n] != ids[i % n])))
                    denominator += Math.Exp(Loops.Dot(z[i], z[k]) / temperature);
            }

            total -= Math.Log(Math.Exp(Loops.Dot(z[i], z[j]) / temperature) / denominator);
        }

        return total / (2 * n);
    }

    [Theory]
    [MemberData(nameof(Cases.TwoViews), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] view1, double[][] view2)
    {
        foreach (var temperature in new[] { 0.01, 0.1, 0.5, 1.0 })
            Agreement.Check($"{name}, {temperature}", new NtXentLoss(temperature).Compute, (a, b) => Oracle(a, b, temperature), view1, view2);
    }

    [Fact]
    public void Rows_of_equal_ids_are_not_negatives()
    {
        long[] ids = [0, 1, 0, 2, 0];
        var (view1, view2) = (Cases.Random(5, 3, 1), Cases.Random(5, 3, 2));
        foreach (var blockwise in new[] { false, true })
        {
            Agreement.Check(
                $"{blockwise}", (a, b) => new NtXentLoss(0.2, blockwise: blockwise).Compute(a, b, new Negatives { Ids = tensor(ids) }), (a, b) => Oracle(a, b, 0.2, ids), view1, view2);
        }
    }

    [Fact]
    public void Distinct_ids_change_nothing()
    {
        using var scope = NewDisposeScope();
        var (view1, view2) = (Agreement.Leaf(Cases.Random(5, 3, 1)), Agreement.Leaf(Cases.Random(5, 3, 2)));
        Assert.Equal(new NtXentLoss().Compute(view1, view2).item<double>(), new NtXentLoss().Compute(view1, view2, new Negatives { Ids = arange(5) }).item<double>(), 12);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(17)]
    public void Equals_ln_2N_minus_1_for_identical_embeddings(int pairs)
    {
        using var scope = NewDisposeScope();
        var same = ones(pairs, 5, dtype: float64);
        Assert.Equal(NtXentLoss.ExpectedAtRandom(pairs), new NtXentLoss(0.07).Compute(same, same * 3).item<double>(), 12);
    }

    [Fact]
    public void Starts_near_ln_2N_minus_1_for_random_embeddings()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var views = randn([2, 128, 512], generator: generator);
        Assert.Equal(NtXentLoss.ExpectedAtRandom(128), new NtXentLoss().Compute(views[0], views[1]).item<float>(), 0.02);
    }

    [Fact]
    public void Is_computed_in_float32_for_half_precision_inputs()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var half = randn([2, 8, 16], generator: generator).to(bfloat16);
        var loss = new NtXentLoss(0.05).Compute(half[0], half[1]);
        Assert.Equal(ScalarType.Float32, loss.dtype);
        Assert.Equal(new NtXentLoss(0.05).Compute(half[0].@float(), half[1].@float()).item<float>(), loss.item<float>());
    }

    [Fact]
    public void Leaves_no_tensor_behind() => Leaks.CheckTwoViews(new NtXentLoss());

    [Fact]
    public void Refuses_bad_input() => BadInput.CheckTwoViews(new NtXentLoss());

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    public void Refuses_a_temperature_that_is_not_above_zero(double temperature) =>
        Assert.Contains("temperature", Assert.Throws<ArgumentOutOfRangeException>(() => new NtXentLoss(temperature)).Message);
}
