using Contrastive.Losses;
using Contrastive.Torch;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class ClipLossTests
{
    private static double Oracle(double[][] images, double[][] texts, double scale, long[]? ids = null)
    {
        var n = images.Length;
        double Score(int i, int j) => scale * Loops.Cosine(images[i], texts[j]);
        bool Counts(int i, int j) => i == j || ids is null || ids[i] != ids[j];
        var (ofImages, ofTexts) = (0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            var others = Enumerable.Range(0, n).Where(j => Counts(i, j)).ToArray();
            ofImages -= Math.Log(Math.Exp(Score(i, i)) / others.Sum(j => Math.Exp(Score(i, j))));
            ofTexts -= Math.Log(Math.Exp(Score(i, i)) / others.Sum(j => Math.Exp(Score(j, i))));
        }

        return (ofImages + ofTexts) / (2 * n);
    }

    [Theory]
    [MemberData(nameof(Cases.TwoViews), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] view1, double[][] view2)
    {
        foreach (var scale in new[] { 1, 1 / 0.07, 100 })
        {
            using var loss = new ClipLoss(new LogitScale(scale).to(float64));
            Agreement.Check($"{name} {scale}", loss.Compute, (a, b) => Oracle(a, b, loss.Scale.Value), view1, view2);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_of_equal_ids_are_not_negatives(bool blockwise)
    {
        long[] ids = [0, 1, 0, 2, 2];
        using var loss = new ClipLoss(new LogitScale().to(float64), blockwise: blockwise);
        Agreement.Check(
            "ids", (a, b) => loss.Compute(a, b, new Negatives { Ids = tensor(ids) }), (a, b) => Oracle(a, b, loss.Scale.Value, ids), Cases.Random(5, 3, 1), Cases.Random(5, 3, 2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Scale_is_learned_with_the_gradient_of_the_equation(bool blockwise)
    {
        using var scope = NewDisposeScope();
        var (images, texts) = (Cases.Random(5, 3, 1), Cases.Random(5, 3, 2));
        using var loss = new ClipLoss(new LogitScale().to(float64), blockwise: blockwise);
        loss.Compute(Agreement.Leaf(images), Agreement.Leaf(texts)).backward();
        double[][] logScale = [[Math.Log(loss.Scale.Value)]];
        Agreement.CheckGradient("scale", () => Oracle(images, texts, Math.Exp(logScale[0][0])), logScale, loss.parameters().Single());
    }

    [Fact]
    public void Scale_starts_at_the_inverse_of_0_07_and_is_clamped_at_100()
    {
        using var scope = NewDisposeScope();
        using var loss = new ClipLoss();
        Assert.Equal(1 / 0.07, loss.Scale.Value, 4);
        Assert.Equal(["scale.logit_scale"], loss.named_parameters().Select(parameter => parameter.name));
        using (no_grad())
            loss.parameters().Single().fill_(10);
        Assert.Equal(100, loss.Scale.Value, 4);
        loss.Compute(randn(3, 2), randn(3, 2)).backward();
        Assert.Equal(Math.Log(100), loss.parameters().Single().item<float>(), 5);
        Assert.NotEqual(0, loss.parameters().Single().grad!.item<float>());
    }

    [Fact]
    public void Equals_ln_N_for_identical_embeddings()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Math.Log(9), new ClipLoss().Compute(ones(9, 3, dtype: float64), ones(9, 3, dtype: float64)).item<double>(), 6);
    }

    [Fact]
    public void Leaves_no_tensor_behind() => Leaks.CheckTwoViews(new ClipLoss());

    [Fact]
    public void Refuses_bad_input() => BadInput.CheckTwoViews(new ClipLoss());

    [Fact]
    public void Refuses_a_clamp_below_the_start() =>
        Assert.Contains("start is 10; expected at most the largest scale, 5", Assert.Throws<ArgumentOutOfRangeException>(() => new LogitScale(start: 10, largest: 5)).Message);

    [Fact]
    public void A_scale_and_a_bias_that_a_model_holds_outlive_the_loss()
    {
        using var scale = new LogitScale();
        using var bias = new LogitBias();
        new ClipLoss(scale).Dispose();
        new SigLipLoss(scale, bias).Dispose();
        new SigLipLoss(scale).Dispose();
        Assert.Equal((1 / 0.07, -10), (scale.Value, bias.Value), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-4 && a.Item2 == b.Item2);
    }
}
