using Contrastive.Tests.Losses;
using Contrastive.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using Linear = TorchSharp.Modules.Linear;
using Parameter = TorchSharp.Modules.Parameter;

namespace Contrastive.Tests.Training;

public sealed class ParameterGroupTests : IDisposable
{
    private static readonly double[] Rates = [0.1, 0.1, 0.05, 0.2, 0.01];

    // The factor of the rate, the decay and the adaptation that Groups below gives each parameter; 0.3 is the optimizer's decay.
    private static readonly Dictionary<string, (double Factor, double Decay, bool Adapts)> Expected = new()
    {
        ["logit_scale"] = (1, 0, false),
        ["encoder.weight"] = (0.1, 0.5, true),
        ["encoder.bias"] = (3, 0.3, true),
        ["head.weight"] = (1, 0.3, false),
        ["head.bias"] = (3, 0.3, true),
    };

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void AdamW_treats_each_group_as_said() =>
        Check(groups => new AdamW(groups, 0.1, weightDecay: 0.3, beta1: 0.8, beta2: 0.95, epsilon: 1e-6), (values, gradients, memory, step, rate, decay, _) =>
        {
            for (var i = 0; i < values.Length; i++)
            {
                memory[0][i] = (0.8 * memory[0][i]) + (0.2 * gradients[i]);
                memory[1][i] = (0.95 * memory[1][i]) + (0.05 * gradients[i] * gradients[i]);
                var (mean, square) = (memory[0][i] / (1 - Math.Pow(0.8, step)), memory[1][i] / (1 - Math.Pow(0.95, step)));
                values[i] -= rate * ((mean / (Math.Sqrt(square) + 1e-6)) + (decay * values[i]));
            }
        });

    [Fact]
    public void Momentum_descent_treats_each_group_as_said() =>
        Check(groups => new SgdWithMomentum(groups, 0.1, momentum: 0.7, weightDecay: 0.3), (values, gradients, memory, _, rate, decay, _) =>
        {
            for (var i = 0; i < values.Length; i++)
            {
                memory[0][i] = (0.7 * memory[0][i]) + gradients[i] + (decay * values[i]);
                values[i] -= rate * memory[0][i];
            }
        });

    [Fact]
    public void Lars_treats_each_group_as_said() =>
        Check(groups => new Lars(groups, 0.1, momentum: 0.7, weightDecay: 0.3, trustCoefficient: 0.02), (values, gradients, memory, _, rate, decay, adapts) =>
        {
            for (var i = 0; i < values.Length; i++)
                gradients[i] += decay * values[i];
            var trust = adapts ? 0.02 * Norm(values) / Norm(gradients) : 1;
            for (var i = 0; i < values.Length; i++)
            {
                memory[0][i] = (0.7 * memory[0][i]) + (rate * trust * gradients[i]);
                values[i] -= memory[0][i];
            }
        });

    [Fact]
    public void A_group_of_everything_is_the_optimizer_of_the_module()
    {
        var (one, two) = (new Model(), new Model());
        two.load_state_dict(one.state_dict());
        using var whole = new AdamW(one, 0.1, weightDecay: 0.3);
        using var grouped = new AdamW([new ParameterGroup(two)], 0.1, weightDecay: 0.3);
        foreach (var (first, second) in one.parameters().Zip(two.parameters()))
            (first.grad, second.grad) = (ones_like(first), ones_like(second));
        whole.Step();
        grouped.Step();
        foreach (var (first, second) in one.parameters().Zip(two.parameters()))
            Assert.True(first.equal(second).all().item<bool>());
    }

    [Fact]
    public void Two_modules_are_one_group_and_what_they_share_is_taken_once()
    {
        var (questions, passages) = (nn.Sequential(("dense", nn.Linear(2, 2))), nn.Sequential(("dense", nn.Linear(2, 2)), ("LayerNorm", nn.LayerNorm(2))));
        var (bare, rest) = new ParameterGroup(questions, passages, questions).Split("bias", "LayerNorm");
        Assert.Equal(["dense.weight", "dense.weight"], rest.Names);
        Assert.Equal(["dense.bias", "dense.bias", "LayerNorm.weight", "LayerNorm.bias"], bare.Names);
    }

    [Fact]
    public void Parameters_may_come_from_no_module()
    {
        var scale = new Parameter(full([], 2.0));
        var group = new ParameterGroup([("scale", scale), ("again", scale)]);
        Assert.Equal(["scale"], group.Names);
        using var optimizer = new SgdWithMomentum([group with { Decays = true }], 0.5, weightDecay: 0.25);
        scale.grad = ones([]);
        optimizer.Step();
        Assert.Equal(2 - (0.5 * (1 + (0.25 * 2))), scale.item<float>(), 1e-6);
        BadInput.Refused("There is no trainable parameter", () => _ = new ParameterGroup(Array.Empty<(string, Parameter)>()));
        Assert.Equal("parameters", Assert.Throws<ArgumentException>(() => new ParameterGroup(Array.Empty<(string, Parameter)>())).ParamName);
        Assert.Equal("modules", Assert.Throws<ArgumentException>(() => new ParameterGroup(nn.ReLU())).ParamName);
        Assert.Equal("modules[1]", Assert.Throws<ArgumentNullException>(() => new ParameterGroup(nn.Linear(2, 2), null!)).ParamName);
    }

    [Fact]
    public void Frozen_parameters_are_in_no_group()
    {
        var model = new Model();
        foreach (var parameter in model.Encoder.parameters())
            parameter.requires_grad = false;
        Assert.Equal(["logit_scale", "head.weight", "head.bias"], new ParameterGroup(model).Names);
        BadInput.Refused("'encoder.' is in no trainable parameter's name", () => new ParameterGroup(model).Split("encoder."));
        BadInput.Refused("There is no trainable parameter", () => _ = new ParameterGroup(model.Encoder));
    }

    [Fact]
    public void A_filter_makes_a_group_for_each_layer_with_the_settings_of_the_whole()
    {
        var all = new ParameterGroup(new Model()) { WeightDecay = 0.2, RateFactor = 0.5 };
        var head = all.Where(name => name.StartsWith("head.", StringComparison.Ordinal));
        Assert.Equal(["head.weight", "head.bias"], head.Names);
        Assert.Equal((0.2, 0.5), (head.WeightDecay, head.RateFactor));
        BadInput.Refused("No parameter's name passes; the names are logit_scale, encoder.weight,", () => all.Where(_ => false));
    }

    [Fact]
    public void What_matches_nothing_or_everything_is_refused()
    {
        var all = new ParameterGroup(new Model());
        BadInput.Refused("'layernorm' is in no trainable parameter's name; the names are logit_scale, encoder.weight, encoder.bias,", () => all.Split("bias", "layernorm"));
        BadInput.Refused("'' is in no trainable parameter's name", () => all.Split(""));
        BadInput.Refused("Every name matches", () => all.Split("encoder", "head", "scale"));
        BadInput.Refused("No part of a name is given", () => all.Split());
        BadInput.Refused("RateFactor is -1", () => _ = all with { RateFactor = -1 });
        BadInput.Refused("WeightDecay is NaN", () => _ = all with { WeightDecay = double.NaN });
    }

    [Fact]
    public void A_parameter_in_two_groups_is_refused_by_both_names()
    {
        var model = new Model();
        var (encoder, _) = new ParameterGroup(model).Split("encoder.");
        BadInput.Refused(
            "'weight' of groups[1] is also 'encoder.weight' of groups[0]; a parameter belongs to one group.",
            () => _ = new AdamW([encoder, new ParameterGroup(model.Encoder)]));
        BadInput.Refused("There is no group of parameters", () => _ = new AdamW((IReadOnlyList<ParameterGroup>)[]));
    }

    [Fact]
    public void A_rule_of_ones_own_is_saved_with_what_it_remembers()
    {
        var (first, second) = (new Model(), new Model());
        using var one = new SignDescent(first);
        one.Step(first);
        second.load_state_dict(first.state_dict());
        using var two = new SignDescent(second);
        two.LoadState(one.State().ToDictionary(entry => entry.Key, entry => entry.Value.clone()));
        Assert.Equal(first.named_parameters().Select(member => $"mean.{member.name}"), one.State().Keys);
        one.Step(first);
        two.Step(second);
        Assert.True(first.Head.weight!.equal(second.Head.weight!).all().item<bool>());
        BadInput.Refused("already remembers a quantity 'mean'", () => _ = new SignDescent(first, again: "mean"));
        BadInput.Refused("name", () => _ = new SignDescent(first, again: " "));
    }

    [Fact]
    public void A_state_is_restored_by_name_whatever_the_order_of_the_groups()
    {
        var (first, second) = (new Model(), new Model());
        var (encoder, rest) = new ParameterGroup(first).Split("encoder.");
        var (bias, others) = new ParameterGroup(second).Split("bias");
        using var one = new AdamW([encoder, rest], learningRate: 0.1);
        Descend(first, one, seed: 1);
        second.load_state_dict(first.state_dict());
        using var two = new AdamW([others, bias], learningRate: 0.1);
        two.LoadState(one.State().ToDictionary(entry => entry.Key, entry => entry.Value.clone()));
        Descend(first, one, seed: 2);
        Descend(second, two, seed: 2);
        foreach (var ((name, expected), (_, actual)) in first.named_parameters().Zip(second.named_parameters()))
            Assert.True(expected.equal(actual).all().item<bool>(), name);

        using var part = new AdamW([encoder]);
        BadInput.Refused("which AdamW does not have; it was saved by something else", () => part.LoadState(one.State()));
        BadInput.Refused("The state of AdamW has no 'exp_avg.", () => one.LoadState(part.State()));

        static void Descend(Model model, AdamW optimizer, long seed)
        {
            using var generator = new Generator((ulong)seed);
            foreach (var (_, parameter) in model.named_parameters())
                parameter.grad = randn(parameter.shape, parameter.dtype, generator: generator);
            optimizer.Step();
        }
    }

    [Fact]
    public void Parameters_of_one_name_are_told_apart_by_their_order()
    {
        var (questions, passages) = (nn.Linear(3, 2, hasBias: false), nn.Linear(3, 2, hasBias: false));
        using var optimizer = new SgdWithMomentum([new ParameterGroup(questions), new ParameterGroup(passages)], 0.1);
        Assert.Equal(["momentum_buffer.weight", "momentum_buffer.weight#2"], optimizer.State().Keys);
    }

    private delegate void Rule(double[] values, double[] gradients, double[][] memory, int step, double rate, double decay, bool adapts);

    private static IReadOnlyList<ParameterGroup> Groups(nn.Module model)
    {
        var (encoder, rest) = new ParameterGroup(model).Split("encoder.");
        var (scale, head) = rest.Split("logit_scale");
        var (encoderBias, encoderWeight) = encoder.Split("bias");
        var (headBias, headWeight) = head.Split("bias");
        return
        [
            headWeight with { Adapts = false },
            encoderWeight with { RateFactor = 0.1, WeightDecay = 0.5 },
            headBias with { RateFactor = 3, Decays = true },
            scale,
            encoderBias with { RateFactor = 3, Decays = true },
        ];
    }

    private static void Check(Func<IReadOnlyList<ParameterGroup>, Optimizer> make, Rule rule)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var model = new Model();
        var values = model.named_parameters().ToDictionary(member => member.name, member => Numbers(member.parameter));
        var memory = values.ToDictionary(entry => entry.Key, entry => new[] { new double[entry.Value.Length], new double[entry.Value.Length] });
        using var optimizer = make(Groups(model));
        for (var step = 1; step <= Rates.Length; step++)
        {
            foreach (var (name, parameter) in model.named_parameters())
            {
                parameter.grad = randn(parameter.shape, float64, generator: generator);
                var (factor, decay, adapts) = Expected[name];
                rule(values[name], Numbers(parameter.grad), memory[name], step, Rates[step - 1] * factor, decay, adapts);
            }

            optimizer.LearningRate = Rates[step - 1];
            optimizer.Step();
        }

        foreach (var (name, parameter) in model.named_parameters())
            Assert.All(values[name].Zip(Numbers(parameter)), pair => Assert.Equal(pair.First, pair.Second, 1e-6 * Math.Max(1, Math.Abs(pair.First))));
    }

    private static double[] Numbers(Tensor tensor) => tensor.detach().reshape(-1).data<double>().ToArray();

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(value => value * value));

    private sealed class Model : nn.Module
    {
        public Model() : base(nameof(Model))
        {
            register_parameter("logit_scale", new Parameter(full([], 2.0, float64)));
            using var generator = new Generator(3);
            (Encoder, Head) = (nn.Linear(3, 2, dtype: float64), nn.Linear(2, 4, dtype: float64));
            register_module("encoder", Encoder);
            register_module("head", Head);
            using var noGradient = no_grad();
            foreach (var parameter in parameters().Where(parameter => parameter.dim() > 0))
                parameter.copy_(randn(parameter.shape, float64, generator: generator));
        }

        public Linear Encoder { get; }

        public Linear Head { get; }
    }

    private sealed class SignDescent : Optimizer
    {
        private readonly IReadOnlyList<Tensor> _means;

        public SignDescent(nn.Module module, string? again = null) : base([new ParameterGroup(module)], learningRate: 0.1)
        {
            _means = Remember("mean", parameter => zeros_like(parameter));
            if (again is not null)
                Remember(again, parameter => zeros_like(parameter));
        }

        public void Step(nn.Module module)
        {
            foreach (var parameter in module.parameters())
                parameter.grad = parameter.detach() - 0.1;
            Step();
        }

        protected override void Update(ParameterStep step)
        {
            foreach (var (parameter, gradient, mean) in step.Parameters.Zip(step.Gradients, step.Of(_means)))
                parameter.sub_(step.LearningRate * mean.lerp_(gradient, 0.1).sign());
        }
    }
}
