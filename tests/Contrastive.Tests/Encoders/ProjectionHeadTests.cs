using Contrastive.Encoders;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public class ProjectionHeadTests
{
    [Theory]
    [InlineData(1, true, "0.weight 1.weight 1.bias")]
    [InlineData(2, true, "0.weight 1.weight 1.bias 3.weight 4.weight 4.bias")]
    [InlineData(2, false, "0.weight 1.weight 1.bias 3.weight 3.bias")]
    [InlineData(3, true, "0.weight 1.weight 1.bias 3.weight 4.weight 4.bias 6.weight 7.weight 7.bias")]
    public void Is_linear_norm_ReLU_and_so_on(int layers, bool batchNormOutput, string names)
    {
        using var scope = NewDisposeScope();
        var head = new ProjectionHead(8, 16, 4, layers, batchNormOutput);
        Assert.Equal(names, string.Join(' ', head.named_parameters().Select(entry => entry.name)));
        Assert.Equal([6, 4], head.call(randn(6, 8)).shape);
        Assert.Equal(4, head.OutputCount);
    }

    [Fact]
    public void Equals_its_equation_in_evaluation()
    {
        using var scope = NewDisposeScope();
        var head = new ProjectionHead(3, 5, 2, batchNormOutput: false);
        head.eval();
        var features = randn(4, 3);
        var hidden = (features.mm(head.get_parameter("0.weight")!.t()) / Math.Sqrt(1 + 1e-5)).relu();
        var expected = hidden.mm(head.get_parameter("3.weight")!.t()) + head.get_parameter("3.bias")!;
        Assert.True(head.call(features).allclose(expected, atol: 1e-6));
    }

    [Fact]
    public void Centers_the_embeddings_of_a_training_batch()
    {
        using var scope = NewDisposeScope();
        var embeddings = new ProjectionHead(8, 16, 4).call(randn(32, 8));
        Assert.True(embeddings.mean([0L]).abs().max().item<float>() < 1e-5);
    }

    [Theory]
    [InlineData(0, 1, 1, 1)]
    [InlineData(1, 0, 1, 1)]
    [InlineData(1, 1, 0, 1)]
    [InlineData(1, 1, 1, 0)]
    public void Refuses_sizes_below_one(int inputs, int hidden, int outputs, int layers) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProjectionHead(inputs, hidden, outputs, layers));
}
