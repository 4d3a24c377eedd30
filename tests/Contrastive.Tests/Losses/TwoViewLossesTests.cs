using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public sealed class TwoViewLossesTests
{
    [Fact]
    public void Each_name_is_the_class_without_its_ending()
    {
        Assert.All(TwoViewLosses.Names, name => Assert.Matches($"^{name}(Contrastive)?Loss$", TwoViewLosses.Named(name, 0.3).GetType().Name));
        Assert.Equal(TwoViewLosses.Names.Count, TwoViewLosses.Names.Select(name => TwoViewLosses.Named(name, 0.3).GetType()).Distinct().Count());
    }

    [Fact]
    public void The_temperature_is_the_losss()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1, CPU);
        var (view1, view2) = (randn([8, 4], float64, generator: generator), randn([8, 4], float64, generator: generator));
        foreach (var name in TwoViewLosses.Names.Except(["NPair", "AlignmentUniformity", "Alignment"]))
            Assert.NotEqual(TwoViewLosses.Named(name, 0.1).Compute(view1, view2).item<double>(), TwoViewLosses.Named(name, 0.7).Compute(view1, view2).item<double>(), 3);
        Assert.Equal(new NtXentLoss(0.3).Compute(view1, view2).item<double>(), TwoViewLosses.Named("ntxent", 0.3).Compute(view1, view2).item<double>());
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        BadInput.Refused("The loss is 'Triplet'; expected NtXent, InfoNce,", () => TwoViewLosses.Named("Triplet", 0.1));
        BadInput.Refused("temperature is 0", () => TwoViewLosses.Named("NtXent", 0));
    }
}
