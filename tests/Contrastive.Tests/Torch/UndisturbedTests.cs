using Contrastive.Torch;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Torch;

public sealed class UndisturbedTests
{
    [Fact]
    public void A_look_in_training_mode_uses_the_batchs_statistics_and_leaves_the_running_ones()
    {
        using var scope = NewDisposeScope();
        var norm = nn.BatchNorm1d(3);
        var batch = (randn([8, 3], generator: new Generator(1)) * 5) + 7;
        var seen = Undisturbed.Measure(norm, () => norm.call(batch));

        Assert.True(seen.mean().abs().item<float>() < 1e-5, "the batch's own statistics normalize it");
        Assert.True(norm.training);
        Assert.Equal([0, 0, 0], norm.running_mean!.data<float>().ToArray());
        Assert.Equal([1, 1, 1], norm.running_var!.data<float>().ToArray());
        Assert.Equal(0, norm.num_batches_tracked!.item<long>());
        Assert.False(seen.requires_grad);
    }

    [Fact]
    public void What_was_measured_outlives_the_look_in_the_callers_scope()
    {
        using var scope = NewDisposeScope();
        var norm = nn.BatchNorm1d(2);
        var seen = Undisturbed.Measure(norm, () =>
        {
            using var inner = NewDisposeScope();
            return norm.call(ones(4, 2)).MoveToOuterDisposeScope();
        });
        Assert.Equal([4, 2], seen.shape);
    }

    [Fact]
    public void A_look_that_trains_is_refused_by_the_name_of_the_weight()
    {
        using var scope = NewDisposeScope();
        var network = nn.Sequential(("first", nn.Linear(2, 2)), ("second", nn.Linear(2, 2)));
        var refused = Assert.Throws<InvalidOperationException>(() =>
            Undisturbed.Measure(network, () => network.get_parameter("second.bias")!.add_(1)));
        Assert.Contains("'second.bias'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_are_put_back_also_when_the_measurement_fails()
    {
        using var scope = NewDisposeScope();
        var norm = nn.BatchNorm1d(3);
        Assert.Throws<DivideByZeroException>(() => Undisturbed.Measure<int>(norm, () =>
        {
            norm.call(ones(4, 3));
            throw new DivideByZeroException();
        }));
        Assert.Equal([0, 0, 0], norm.running_mean!.data<float>().ToArray());
    }

    [Fact]
    public void Weights_that_are_not_numbers_count_as_unchanged()
    {
        using var scope = NewDisposeScope();
        var linear = nn.Linear(2, 2);
        using (no_grad())
            linear.weight!.fill_(float.NaN);
        Assert.Equal(3, Undisturbed.Measure(linear, () => 3));
    }
}
