using Contrastive.Sampling;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Sampling;

public sealed class KeyHistoryTests
{
    /// <summary>The encoder turns by 10° a step, so a key of age a lies 10° · a from today's.</summary>
    [Fact]
    public void Consistency_is_the_cosine_by_age_the_newest_first()
    {
        using var history = new KeyHistory(3);
        using var inputs = randn([20, 2], generator: new Generator(1));
        for (var step = 0; step < 5; step++)
        {
            Assert.Equal(step >= 3, history.IsFull);
            history.Add(inputs, Turned(inputs, 10 * step) * (1 + step));
        }

        var consistency = history.Consistency(points => Turned(points, 50));
        Assert.Equal(new[] { 10, 20, 30 }.Select(degrees => Math.Cos(degrees * Math.PI / 180)), consistency, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void Keys_that_have_not_moved_give_one_though_their_tensors_are_gone_or_changed()
    {
        using var scope = NewDisposeScope();
        using var history = new KeyHistory(4);
        using (NewDisposeScope())
        {
            var inputs = randn([6, 3], generator: new Generator(2));
            var keys = inputs.clone();
            history.Add(inputs, keys);
            keys.zero_();
        }

        Assert.Equal(1, Assert.Single(history.Consistency(inputs => inputs.alias())), 1e-6);
        Assert.Equal(0, scope.DisposablesCount);
        Assert.False(history.IsFull);
    }

    [Fact]
    public void Keys_that_fit_no_inputs_are_refused()
    {
        using var history = new KeyHistory(1);
        BadInput.Refused("batches is 0", () => _ = new KeyHistory(0));
        BadInput.Refused("inputs is Float32 [3, 2], keys Float32 [4, 2]", () => history.Add(ones(3, 2), ones(4, 2)));
        BadInput.Refused("keys is Float32 [4]", () => history.Add(ones(4, 2), ones(4)));
        Assert.Empty(history.Consistency(inputs => inputs));
    }

    private static Tensor Turned(Tensor points, double degrees)
    {
        var (cos, sin) = (Math.Cos(degrees * Math.PI / 180), Math.Sin(degrees * Math.PI / 180));
        return points.matmul(tensor(new[,] { { cos, sin }, { -sin, cos } }).to(points));
    }
}
