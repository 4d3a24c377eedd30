using Contrastive.Tests.Losses;
using Contrastive.Training;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Training;

public sealed class OptimizersTests
{
    [Fact]
    public void Each_name_takes_the_steps_of_its_class()
    {
        static double[] After(Func<nn.Module, Optimizer> make)
        {
            using var scope = NewDisposeScope();
            using var generator = new Generator(1, CPU);
            var layer = nn.Linear(3, 2);
            using var noGradient = no_grad();
            layer.weight!.copy_(randn(layer.weight.shape, generator: generator));
            using var optimizer = make(layer);
            for (var step = 0; step < 3; step++)
            {
                foreach (var parameter in layer.parameters())
                    parameter.grad = ones_like(parameter) * (step + 1);
                optimizer.Step();
            }

            return [.. layer.weight.data<float>().ToArray().Select(value => (double)value)];
        }

        Assert.Equal(After(module => new AdamW(module, 0.1, 0.02, beta1: 0.5)), After(module => Optimizers.Named("adamw", module, 0.1, 0.02, 0.5)));
        Assert.Equal(After(module => new SgdWithMomentum(module, 0.1, 0.5, 0.02)), After(module => Optimizers.Named("SGD", module, 0.1, 0.02, 0.5)));
        Assert.Equal(After(module => new Lars(module, 0.1, 0.5, 0.02)), After(module => Optimizers.Named("LARS", module, 0.1, 0.02, 0.5)));
        Assert.Equal(["AdamW", "SGD", "LARS"], Optimizers.Names);
    }

    [Fact]
    public void An_unknown_name_is_refused_with_those_there_are() =>
        BadInput.Refused("The optimizer is 'Adam'; expected AdamW, SGD or LARS.", () => Optimizers.Named("Adam", nn.Linear(1, 1), 0.1, 0, 0));
}
