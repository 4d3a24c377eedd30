using Contrastive.Losses;
using Contrastive.Torch;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class SigLipLossTests
{
    /// <summary>Algorithm 1 of the paper, pair by pair.</summary>
    private static double Oracle(double[][] images, double[][] texts, double scale, double bias)
    {
        var total = 0.0;
        for (var i = 0; i < images.Length; i++)
        {
            for (var j = 0; j < texts.Length; j++)
            {
                var logit = (scale * Loops.Cosine(images[i], texts[j])) + bias;
                total += Loops.Softplus(i == j ? -logit : logit);
            }
        }

        return total / images.Length;
    }

    [Theory]
    [MemberData(nameof(Cases.TwoViews), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] view1, double[][] view2)
    {
        foreach (var (scale, bias) in new (double, double)[] { (10, -10), (1, 0), (100, -50.5) })
        {
            using var loss = new SigLipLoss(new LogitScale(scale), new LogitBias(bias)).to(float64);
            Agreement.Check($"{name} {scale} {bias}", loss.Compute, (a, b) => Oracle(a, b, loss.Scale.Value, bias), view1, view2);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Scale_and_bias_are_learned_with_the_gradients_of_the_equation(bool blockwise)
    {
        using var scope = NewDisposeScope();
        var (images, texts) = (Cases.Random(5, 3, 1), Cases.Random(5, 3, 2));
        using var loss = new SigLipLoss(bias: new LogitBias(-3), blockwise: blockwise).to(float64);
        loss.Compute(Agreement.Leaf(images), Agreement.Leaf(texts)).backward();
        double[][] learned = [[Math.Log(loss.Scale.Value)], [-3]];
        var parameters = loss.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter);
        double Value() => Oracle(images, texts, Math.Exp(learned[0][0]), learned[1][0]);
        Agreement.CheckGradient("scale", Value, [learned[0]], parameters["scale.logit_scale"]);
        Agreement.CheckGradient("bias", Value, [learned[1]], parameters["bias.logit_bias"]);
    }

    [Fact]
    public void Starts_with_the_papers_scale_and_bias()
    {
        using var loss = new SigLipLoss();
        Assert.Equal(10, loss.Scale.Value, 5);
        Assert.Equal(-10, loss.Bias.Value);
    }

    [Fact]
    public void Leaves_no_tensor_behind() => Leaks.CheckTwoViews(new SigLipLoss());

    [Fact]
    public void Refuses_bad_input() => BadInput.CheckTwoViews(new SigLipLoss());
}
