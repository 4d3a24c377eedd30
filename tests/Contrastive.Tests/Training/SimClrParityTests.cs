using System.Text.Json;
using Contrastive.Encoders;
using Contrastive.Losses;
using Contrastive.Tests.Torch;
using Contrastive.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Training;

[Collection(DefaultGeneratorCollection.Name)]
public class SimClrParityTests
{
    [Theory]
    [InlineData("AdamW", ScalarType.Float32, 1e-4)]
    [InlineData("AdamW", ScalarType.Float64, 1e-9)]
    [InlineData("SgdWithMomentum", ScalarType.Float32, 1e-4)]
    [InlineData("SgdWithMomentum", ScalarType.Float64, 1e-9)]
    public void Twenty_steps_agree_with_PyTorch_from_the_same_seed(string optimizer, ScalarType type, double tolerance)
    {
        using var recorded = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Training/Fixtures/simclr_parity.json")));
        var expected = recorded.RootElement.GetProperty($"{optimizer} {type}").EnumerateArray().Select(loss => loss.GetDouble()).ToArray();
        var actual = Train(optimizer, type, expected.Length);
        for (var step = 0; step < expected.Length; step++)
        {
            Assert.True(
                Math.Abs(actual[step] - expected[step]) <= tolerance * expected[step],
                $"step {step}: {actual[step]} instead of PyTorch's {expected[step]}");
        }
    }

    /// <summary>The same as train() in Fixtures/simclr_parity.py.</summary>
    private static double[] Train(string optimizer, ScalarType type, int steps)
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        var encoder = new SmallResNet(width: 8);
        var network = nn.Sequential(encoder, new ProjectionHead(encoder.FeatureCount, encoder.FeatureCount, 16));
        var views = rand([4, 2, 32, 3, 32, 32]).to(type);
        network.to(type);
        using Optimizer update = optimizer == "AdamW"
            ? new AdamW(network, 5e-4, weightDecay: 0.01, epsilon: 1e-3)
            : new SgdWithMomentum(network, 5e-4, weightDecay: 5e-4);
        var loss = new NtXentLoss(0.5);
        var losses = new double[steps];
        for (var step = 0; step < steps; step++)
        {
            using var inner = NewDisposeScope();
            var embeddings = network.call(views[step % 4].flatten(0, 1)).chunk(2);
            var value = loss.Compute(embeddings[0], embeddings[1]);
            update.ZeroGradient();
            value.backward();
            update.Step();
            losses[step] = value.to(ScalarType.Float64).item<double>();
        }

        return losses;
    }
}
