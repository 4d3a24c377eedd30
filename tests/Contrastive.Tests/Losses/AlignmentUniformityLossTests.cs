using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

/// <summary>Alignment, uniformity, and their sum.</summary>
public class AlignmentUniformityLossTests
{
    private static double Alignment(double[][] first, double[][] second, double alpha) =>
        first.Select((row, i) => Math.Pow(Loops.Distance(Loops.Unit(row), Loops.Unit(second[i])), alpha)).Average();

    private static double Uniformity(double[][] embeddings, double t)
    {
        List<double> costs = [];
        for (var i = 0; i < embeddings.Length; i++)
        {
            for (var j = 0; j < i; j++)
                costs.Add(Math.Exp(-t * Loops.SquaredDistance(Loops.Unit(embeddings[i]), Loops.Unit(embeddings[j]))));
        }

        return Math.Log(costs.Average());
    }

    [Theory]
    [MemberData(nameof(Cases.TwoViews), MemberType = typeof(Cases))]
    public void Equal_the_equations_written_as_loops(string name, double[][] first, double[][] second)
    {
        foreach (var alpha in new[] { 1, 2, 3.5 })
        {
            if (alpha >= 2 || name is not ("duplicates" or "3 x 1")) // equal rows, where the derivative depends on the side
                Agreement.Check($"{name}, alpha {alpha}", new AlignmentLoss(alpha).Compute, (a, b) => Alignment(a, b, alpha), first, second);
        }

        foreach (var t in new[] { 0.5, 2, 100 })
        {
            foreach (var blockwise in new[] { false, true })
                Agreement.Check($"{name}, t {t}, {blockwise}", leaves => new UniformityLoss(t, blockwise).Compute(leaves[0]), () => Uniformity(first, t), first);
        }

        Agreement.Check(
            name, new AlignmentUniformityLoss(0.7, alpha: 3, t: 1.5).Compute,
            (a, b) => Alignment(a, b, 3) + (0.7 * (Uniformity(a, 1.5) + Uniformity(b, 1.5)) / 2), first, second);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(2)]
    public void Alignment_of_equal_rows_is_zero_with_a_gradient_of_zero(double alpha)
    {
        using var scope = NewDisposeScope();
        var (first, second) = (ones(3, 2, dtype: float64).requires_grad_(), ones(3, 2, dtype: float64).requires_grad_());
        var loss = new AlignmentLoss(alpha).Compute(first, second);
        loss.backward();
        Assert.Equal(0, loss.item<double>());
        Assert.Equal(0, (first.grad!.abs().max() + second.grad!.abs().max()).item<double>());
    }

    [Fact]
    public void Uniformity_of_identical_embeddings_is_zero_and_of_opposite_ones_minus_4t()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0, new UniformityLoss().Compute(ones(5, 3, dtype: float64)).item<double>(), 12);
        Assert.Equal(-12, new UniformityLoss(t: 3).Compute(tensor(new double[,] { { 1, 2 }, { -2, -4 } })).item<double>(), 12);
    }

    [Fact]
    public void Uniformity_raises_half_precision_to_float32()
    {
        using var scope = NewDisposeScope();
        var z = randn(20, 4).to(bfloat16);
        var loss = new UniformityLoss().Compute(z);
        Assert.Equal(float32, loss.dtype);
        Assert.Equal(new UniformityLoss().Compute(z.to(float32)).item<float>(), loss.item<float>());
    }

    [Fact]
    public void Leave_no_tensor_behind()
    {
        Leaks.CheckTwoViews(new AlignmentLoss());
        Leaks.CheckTwoViews(new AlignmentUniformityLoss());
        using var z = randn(6, 3);
        using var scope = NewDisposeScope();
        _ = new UniformityLoss().Compute(z);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void Refuse_bad_input()
    {
        BadInput.CheckTwoViews(new AlignmentLoss());
        BadInput.CheckTwoViews(new AlignmentUniformityLoss());
        BadInput.Refused("expected at least 2 rows", () => new UniformityLoss().Compute(ones(1, 3)));
        BadInput.Refused("[12]", () => new UniformityLoss().Compute(ones(12)));
        BadInput.Refused("NaN", () => new UniformityLoss().Compute(ones(4, 3) * float.NaN));
        BadInput.Refused("alpha is 0.5; expected at least 1", () => _ = new AlignmentLoss(0.5));
        BadInput.Refused("t is 0", () => _ = new UniformityLoss(0));
        BadInput.Refused("uniformityWeight is -1", () => _ = new AlignmentUniformityLoss(-1));
    }
}
