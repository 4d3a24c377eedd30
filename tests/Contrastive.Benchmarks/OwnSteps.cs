using Contrastive.Encoders;
using Contrastive.Losses;
using Contrastive.Torch;
using Contrastive.Training;
using static TorchSharp.torch;

namespace Contrastive.Benchmarks;

/// <summary>The training steps of training_step.py in this library, and the update of a momentum encoder.</summary>
internal sealed class OwnSteps : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly Optimizer _optimizer;
    private readonly MomentumEncoder _follower;
    private readonly NtXentLoss _loss = new(0.5);
    private readonly Tensor _views;

    private readonly Clock _clock;

    /// <param name="model">small or resnet18.</param>
    /// <param name="clock">wall, or processor: that of all threads of this process.</param>
    public OwnSteps(string model, string clock)
    {
        _clock = new Clock(clock);
        manual_seed(1);
        (_network, var pairs) = (Make(model), model == "small" ? 128 : 16);
        _follower = new MomentumEncoder(_network, Make(model));
        _optimizer = model == "small"
            ? new AdamW(_network, 2e-3, weightDecay: 1e-4)
            : new SgdWithMomentum(_network, 0.06, weightDecay: 5e-4);
        _views = rand([2 * pairs, 3, 32, 32]);
    }

    /// <summary>Milliseconds per step.</summary>
    public double Run(bool mixed, int steps) => _clock.Time(() => Train(mixed, steps)) / steps;

    /// <summary>Milliseconds per momentum update.</summary>
    public double Follow(int updates) => _clock.Time(() =>
    {
        for (var update = 0; update < updates; update++)
            _follower.Update();
    }) / updates;

    public void Dispose()
    {
        _optimizer.Dispose();
        _follower.Dispose();
        _network.Dispose();
        _views.Dispose();
    }

    private void Train(bool mixed, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            Tensor embeddings;
            using (mixed ? Precision.BFloat16(CPU) : null)
                embeddings = _network.call(_views);
            var halves = embeddings.to(ScalarType.Float32).chunk(2);
            var loss = _loss.Compute(halves[0], halves[1]);
            _optimizer.ZeroGradient();
            loss.backward();
            _optimizer.Step();
            loss.item<float>();
        }
    }

    private static nn.Module<Tensor, Tensor> Make(string model)
    {
        if (model == "small")
        {
            var small = new SmallResNet();
            return nn.Sequential(small, new ProjectionHead(small.FeatureCount, small.FeatureCount, 64));
        }

        var large = ResNet.ResNet18(ResNetStem.Cifar);
        return nn.Sequential(large, new ProjectionHead(large.FeatureCount, large.FeatureCount, 128));
    }
}
