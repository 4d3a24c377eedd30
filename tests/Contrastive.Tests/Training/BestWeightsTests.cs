using Contrastive.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Training;

public sealed class BestWeightsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TorchSharp.Modules.BatchNorm1d _module = nn.BatchNorm1d(2);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Restores_parameters_and_buffers_of_the_best_score_and_not_of_the_last()
    {
        using var best = new BestWeights(_module);
        Assert.Equal(double.NaN, best.Score);
        Assert.True(Offered(best, value: 1, score: -0.3));
        Assert.True(Offered(best, value: 2, score: 0.5));
        Assert.False(Offered(best, value: 3, score: 0.4));
        Assert.False(Offered(best, value: 4, score: 0.5));
        Assert.Equal(4, Value());
        best.Restore();
        Assert.Equal(2, Value());
        Assert.Equal(2, _module.running_mean!.sum().item<float>() / 2);
        Assert.Equal(0.5, best.Score);
    }

    [Fact]
    public void Goes_on_from_a_saved_state()
    {
        using var best = new BestWeights(_module);
        Offered(best, value: 2, score: 0.5);
        var state = best.State().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        Offered(best, value: 3, score: 0.6);
        best.LoadState(state);
        Assert.False(Offered(best, value: 4, score: 0.45));
        best.Restore();
        Assert.Equal(2, Value());
        Assert.Throws<ArgumentException>(() => new BestWeights(nn.Linear(2, 2)).LoadState(state));
    }

    [Fact]
    public void Refuses_the_score_of_a_collapsed_encoder()
    {
        using var best = new BestWeights(_module);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => best.Offer(double.NaN)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => best.Offer(double.PositiveInfinity));
    }

    private bool Offered(BestWeights best, double value, double score)
    {
        using (no_grad())
        {
            _module.weight!.fill_(value);
            _module.running_mean!.fill_(value);
        }

        return best.Offer(score);
    }

    private float Value() => _module.weight!.sum().item<float>() / 2;
}
