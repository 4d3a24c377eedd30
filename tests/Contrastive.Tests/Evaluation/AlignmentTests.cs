using Contrastive.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Evaluation;

public sealed class AlignmentTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    [InlineData(4)]
    public void Equals_the_mean_distance_written_as_loops(double alpha)
    {
        using var scope = NewDisposeScope();
        var (view1, view2) = (Numbers.Normal(9, 4, 1), Numbers.Normal(9, 4, 2));
        var expected = Enumerable.Range(0, 9).Average(i => Math.Pow(Loops.Distance(Loops.Unit(view1[i]), Loops.Unit(view2[i])), alpha));
        Assert.Equal(expected, Alignment.Of(Numbers.Matrix(view1), Numbers.Matrix(view2), alpha), 1e-12);
    }

    [Fact]
    public void Is_0_for_pairs_on_one_point_and_4_for_opposite_ones()
    {
        using var scope = NewDisposeScope();
        var views = randn(6, 3);
        Assert.Equal(0, Alignment.Of(views, views * 5), 1e-12);
        Assert.Equal(4, Alignment.Of(views, -views), 1e-5);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        BadInput.Refused("shapes must be equal", () => Alignment.Of(ones(3, 2), ones(4, 2)));
        BadInput.Refused("alpha is 0", () => Alignment.Of(ones(3, 2), ones(3, 2), alpha: 0));
    }
}
