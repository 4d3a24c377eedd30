using Contrastive.Torch;
using Contrastive.Training;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Training;

public class OptimizerTests
{
    private static readonly double[] Rates = [0.1, 0.1, 0.05, 0.2, 0.01];

    [Fact]
    public void AdamW_equals_algorithm_2_with_decay_for_matrices_only()
    {
        Check(
            module => new AdamW(module, 0.1, weightDecay: 0.3, beta1: 0.8, beta2: 0.95, epsilon: 1e-6),
            (parameter, gradient, memory, step, rate, decays) =>
            {
                memory[0] = (0.8 * memory[0]) + (0.2 * gradient);
                memory[1] = (0.95 * memory[1]) + (0.05 * gradient * gradient);
                var mean = memory[0] / (1 - Math.Pow(0.8, step));
                var square = memory[1] / (1 - Math.Pow(0.95, step));
                return parameter - (rate * ((mean / (Math.Sqrt(square) + 1e-6)) + (decays ? 0.3 * parameter : 0)));
            });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Momentum_descent_equals_its_equation_with_decay_for_matrices_only(bool nesterov)
    {
        Check(
            module => new SgdWithMomentum(module, 0.1, momentum: 0.7, weightDecay: 0.3, nesterov),
            (parameter, gradient, memory, step, rate, decays) =>
            {
                gradient += decays ? 0.3 * parameter : 0;
                memory[0] = (0.7 * memory[0]) + gradient;
                return parameter - (rate * (nesterov ? gradient + (0.7 * memory[0]) : memory[0]));
            });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lars_equals_the_authors_rule(bool nesterov)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var module = nn.Linear(3, 2, dtype: float64);
        var (weight, bias) = (Numbers(module.weight!), Numbers(module.bias!));
        var (weightVelocity, biasVelocity) = (new double[6], new double[2]);
        using var optimizer = new Lars(module, 0.1, momentum: 0.7, weightDecay: 0.3, trustCoefficient: 0.02, nesterov);
        foreach (var rate in Rates)
        {
            var (weightGradient, biasGradient) = Gradients(module);
            for (var i = 0; i < 6; i++)
                weightGradient[i] += 0.3 * weight[i];
            var trust = 0.02 * Norm(weight) / Norm(weightGradient);
            Descend(weight, weightVelocity, weightGradient, rate * trust);
            Descend(bias, biasVelocity, biasGradient, rate);
            optimizer.LearningRate = rate;
            optimizer.Step();
        }

        Close(weight, module.weight!);
        Close(bias, module.bias!);

        void Descend(double[] parameter, double[] velocity, double[] gradient, double rate)
        {
            for (var i = 0; i < parameter.Length; i++)
            {
                velocity[i] = (0.7 * velocity[i]) + (rate * gradient[i]);
                parameter[i] -= nesterov ? (0.7 * velocity[i]) + (rate * gradient[i]) : velocity[i];
            }
        }
    }

    [Fact]
    public void Lars_moves_a_matrix_of_zeros_by_the_plain_rate()
    {
        using var scope = NewDisposeScope();
        var module = nn.Linear(3, 2, hasBias: false);
        nn.init.zeros_(module.weight!);
        module.weight!.grad = ones(2, 3);
        using var optimizer = new Lars(module, 0.5);
        optimizer.Step();
        Assert.Equal(-0.5f, module.weight![1, 1].item<float>());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Continues_to_the_same_weights_from_a_saved_state(string kind)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var (first, second) = (nn.Linear(3, 2), nn.Linear(3, 2));
        using var one = Make(kind, first);
        using var two = Make(kind, second);
        Descend(first, one, 3);
        second.load_state_dict(first.state_dict());
        two.LoadState(one.State().ToDictionary(entry => entry.Key, entry => entry.Value.clone()));
        Descend(first, one, 3);
        Descend(second, two, 3);
        Assert.True(first.weight!.equal(second.weight!).all().item<bool>());
        Assert.True(first.bias!.equal(second.bias!).all().item<bool>());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Treats_channels_last_weights_as_any_other(string kind)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var (plain, last) = (nn.Conv2d(3, 4, 3), nn.Conv2d(3, 4, 3));
        last.load_state_dict(plain.state_dict());
        ChannelsLast.Weights(last);
        using var one = Make(kind, plain);
        using var two = Make(kind, last);
        for (var step = 0; step < 3; step++)
        {
            plain.weight!.grad = rand(4, 3, 3, 3) - 0.5;
            last.weight!.grad = plain.weight!.grad!.clone(); // row-major, unlike its parameter
            plain.bias!.grad = zeros(4);
            last.bias!.grad = zeros(4);
            one.Step();
            two.Step();
        }

        Assert.True(plain.weight!.allclose(last.weight!, atol: 1e-7));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Skips_parameters_without_gradient_and_leaves_no_tensor_behind(string kind)
    {
        var module = nn.Linear(3, 2);
        using var optimizer = Make(kind, module);
        using var scope = NewDisposeScope();
        var before = module.bias!.detach().clone();
        module.weight!.grad = ones(2, 3);
        var count = scope.DisposablesCount;
        optimizer.Step();
        Assert.Equal(count, scope.DisposablesCount);
        Assert.True(before.equal(module.bias!).all().item<bool>());
        optimizer.ZeroGradient();
        Assert.Null(module.weight!.grad);
        Assert.Contains("backward", Assert.Throws<InvalidOperationException>(optimizer.Step).Message);
    }

    [Fact]
    public void Clips_all_gradients_together()
    {
        using var scope = NewDisposeScope();
        var module = nn.Linear(1, 1);
        using var optimizer = new AdamW(module);
        module.weight!.grad = full([1, 1], 3f);
        module.bias!.grad = full([1], 4f);
        Assert.Equal(5, optimizer.ClipGradientNorm(1), 1e-4);
        Assert.Equal(0.6f, module.weight!.grad!.item<float>(), 1e-4);
        Assert.Equal(0.8f, module.bias!.grad!.item<float>(), 1e-4);
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.ClipGradientNorm(0));
    }

    [Fact]
    public void Takes_shared_and_frozen_parameters_once_and_not_at_all()
    {
        var (shared, frozen) = (nn.Linear(2, 2), nn.Linear(2, 2));
        foreach (var parameter in frozen.parameters())
            parameter.requires_grad = false;
        using var optimizer = new AdamW([shared, shared, frozen]);
        Assert.Equal(2, optimizer.Parameters.Count);
        Assert.Throws<ArgumentException>(() => new AdamW(frozen));
    }

    [Fact]
    public void Refuses_bad_numbers_and_a_state_of_another_kind()
    {
        var module = nn.Linear(3, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(module, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(module, beta2: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SgdWithMomentum(module, 0.1, momentum: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lars(module, 0.1, trustCoefficient: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(module).LearningRate = double.NaN);
        using var adam = new AdamW(module);
        using var descent = new SgdWithMomentum(module, 0.1);
        Assert.Contains("exp_avg.weight", Assert.Throws<ArgumentException>(() => adam.LoadState(descent.State())).Message);
        using var wider = new SgdWithMomentum(nn.Linear(4, 2), 0.1);
        Assert.Contains("[2, 4]", Assert.Throws<ArgumentException>(() => descent.LoadState(wider.State())).Message);
    }

    public static TheoryData<string> Kinds() => ["AdamW", "SgdWithMomentum", "Lars"];

    private delegate double Rule(double parameter, double gradient, double[] memory, int step, double rate, bool decays);

    private static Optimizer Make(string kind, nn.Module module) => kind switch
    {
        "AdamW" => new AdamW(module, 0.1, 0.1),
        "Lars" => new Lars(module, 0.1),
        _ => new SgdWithMomentum(module, 0.1),
    };

    private static void Check(Func<nn.Module, Optimizer> make, Rule rule)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var module = nn.Linear(3, 2, dtype: float64);
        var (weight, bias) = (Numbers(module.weight!), Numbers(module.bias!));
        var (weightMemory, biasMemory) = (Memory(6), Memory(2));
        using var optimizer = make(module);
        for (var step = 1; step <= Rates.Length; step++)
        {
            var (weightGradient, biasGradient) = Gradients(module);
            for (var i = 0; i < 6; i++)
                weight[i] = rule(weight[i], weightGradient[i], weightMemory[i], step, Rates[step - 1], true);
            for (var i = 0; i < 2; i++)
                bias[i] = rule(bias[i], biasGradient[i], biasMemory[i], step, Rates[step - 1], false);
            optimizer.LearningRate = Rates[step - 1];
            optimizer.Step();
        }

        Close(weight, module.weight!);
        Close(bias, module.bias!);
    }

    private static (double[] Weight, double[] Bias) Gradients(TorchSharp.Modules.Linear module)
    {
        module.weight!.grad = randn(2, 3, dtype: float64);
        module.bias!.grad = randn(2, dtype: float64);
        return (Numbers(module.weight!.grad!), Numbers(module.bias!.grad!));
    }

    private static void Descend(nn.Module module, Optimizer optimizer, int steps)
    {
        using var generator = new Generator(1);
        for (var step = 0; step < steps; step++)
        {
            foreach (var parameter in module.parameters())
                parameter.grad = rand(parameter.shape, generator: generator);
            optimizer.Step();
        }
    }

    private static double[][] Memory(int count) => [.. Enumerable.Range(0, count).Select(_ => new double[2])];

    private static double[] Numbers(Tensor tensor) => tensor.detach().reshape(-1).data<double>().ToArray();

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(value => value * value));

    private static void Close(double[] expected, Tensor actual)
    {
        foreach (var (mine, its) in expected.Zip(Numbers(actual)))
            Assert.Equal(mine, its, 1e-6 * Math.Max(1, Math.Abs(mine)));
    }
}
