using Contrastive.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Evaluation;

public sealed class UniformityTests
{
    private static double Oracle(double[][] embeddings, double t)
    {
        var (sum, pairs) = (0.0, 0);
        for (var i = 0; i < embeddings.Length; i++)
        {
            for (var j = 0; j < i; j++, pairs++)
                sum += Math.Exp(-t * Loops.SquaredDistance(Loops.Unit(embeddings[i]), Loops.Unit(embeddings[j])));
        }

        return Math.Log(sum / pairs);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(17, 2)]
    [InlineData(17, 0.5)]
    [InlineData(17, 300)]
    [InlineData(1100, 2)] // so many that it goes in blocks
    public void Equals_the_mean_over_pairs_written_as_loops(int rows, double t)
    {
        using var scope = NewDisposeScope();
        var embeddings = Numbers.Normal(rows, 5, 1);
        Assert.Equal(Oracle(embeddings, t), Uniformity.Of(Numbers.Matrix(embeddings), t), 1e-9);
    }

    [Fact]
    public void Is_0_when_everything_has_collapsed_and_near_minus_2t_when_spread()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0, Uniformity.Of(ones(20, 3)), 1e-6);
        Assert.Equal(-4, Uniformity.Of(Numbers.Matrix(Numbers.Normal(300, 512, 3))), 0.1);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        BadInput.Refused("at least 2 row", () => Uniformity.Of(ones(1, 2)));
        BadInput.Refused("t is 0", () => Uniformity.Of(ones(3, 2), t: 0));
        BadInput.Refused("NaN", () => Uniformity.Of(ones(3, 2) * float.NaN));
    }
}
