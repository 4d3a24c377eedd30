using System.Globalization;
using Contrastive.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Contrastive.Training;

/// <summary>
/// Updates parameters from their gradients. A step is one native pass over all parameters. Parameters with fewer than two dimensions
/// (biases, the weights of norms) do not decay: shrinking them regularizes nothing and hurts (Goyal et al. 2017; You et al. 2017).
/// <see cref="ParameterGroup"/> treats some otherwise, by their names.
/// </summary>
/// <remarks>
/// Move, cast and lay out the modules first: the optimizer keeps references to the parameters it is given. A rule of one's own derives
/// from this class and overrides <see cref="Update"/>; <c>Checkpoint.With</c> then keeps what it remembers.
/// <code>
/// sealed class SignDescent : Optimizer
/// {
///     private readonly IReadOnlyList&lt;Tensor&gt; _means;
///
///     public SignDescent(nn.Module module, double learningRate) : base([new ParameterGroup(module)], learningRate) =>
///         _means = Remember("mean", parameter => zeros_like(parameter));
///
///     protected override void Update(ParameterStep step)
///     {
///         foreach (var (parameter, gradient, mean) in step.Parameters.Zip(step.Gradients, step.Of(_means)))
///             parameter.sub_(step.LearningRate * mean.lerp_(gradient, 0.1).sign());
///     }
/// }
/// </code>
/// </remarks>
public abstract class Optimizer : IDisposable
{
    private readonly Parameter[] _parameters;
    private readonly string[] _names;
    private readonly Treatment[] _treatments;
    private readonly Dictionary<string, Tensor[]> _state = [];
    private double _learningRate;

    /// <summary>Prepares to update the groups' parameters.</summary>
    /// <param name="groups">At least one group; no parameter is in two of them.</param>
    /// <param name="learningRate">The step size, zero or above.</param>
    /// <param name="weightDecay">The weight decay of the parameters that decay, where their group gives none. <value>The default
    /// is 0.</value></param>
    /// <exception cref="ArgumentException">There is no group, or a parameter is in two.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    protected Optimizer(IReadOnlyList<ParameterGroup> groups, double learningRate, double weightDecay = 0)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count == 0)
            throw new ArgumentException("There is no group of parameters; give at least one.", nameof(groups));
        CheckApart(groups);
        Require.NotNegative(weightDecay);
        _learningRate = Require.NotNegative(learningRate);
        _parameters = [.. groups.SelectMany(group => group.Parameters)];
        _names = Apart([.. groups.SelectMany(group => group.Names)]);
        _treatments = [.. groups.SelectMany(group => group.Parameters.Select(parameter => Treatment.Of(parameter, group, weightDecay)))];
    }

    /// <summary>The step size. Set it before each <see cref="Step"/> from a schedule.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LearningRate
    {
        get => _learningRate;
        set => _learningRate = Require.NotNegative(value, nameof(LearningRate));
    }

    /// <summary>The parameters it updates.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Updates each parameter that has a gradient.</summary>
    /// <exception cref="InvalidOperationException">No parameter has a gradient.</exception>
    public void Step()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var gradients = Array.ConvertAll(_parameters, GradientLikeParameter);
        var alike = Enumerable.Range(0, _parameters.Length).Where(place => gradients[place] is not null).GroupBy(place => _treatments[place]).ToArray();
        if (alike.Length == 0)
            throw new InvalidOperationException("No parameter has a gradient; call backward() on the loss before Step().");
        foreach (var places in alike)
        {
            var (factor, decay, adapts) = places.Key;
            Update(new ParameterStep([.. places], _parameters, gradients, _learningRate * factor, decay, adapts));
        }
    }

    /// <summary>Clears the gradients, so that the next <c>backward</c> starts fresh.</summary>
    public void ZeroGradient()
    {
        foreach (var parameter in _parameters)
            parameter.grad = null;
    }

    /// <summary>Scales all gradients together so that their joint Euclidean norm is at most <paramref name="maximum"/>.</summary>
    /// <param name="maximum">The maximum norm, above zero.</param>
    /// <returns>The norm before clipping.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is not above zero.</exception>
    public double ClipGradientNorm(double maximum) =>
        nn.utils.clip_grad_norm_(_parameters, Require.Positive(maximum));

    /// <summary>The optimizer's state besides the parameters: the tensors themselves, not copies, by the name of the quantity and the
    /// parameter's, such as <c>exp_avg.encoder.weight</c>. Groups may therefore be ordered or split otherwise when it is restored. Where
    /// two parameters have one name, the second's ends in <c>#2</c>: those must keep their order.</summary>
    public IReadOnlyDictionary<string, Tensor> State() => _state
        .SelectMany(entry => entry.Value.Select((tensor, index) => (Key: $"{entry.Key}.{_names[index]}", Tensor: tensor)))
        .ToDictionary(entry => entry.Key, entry => entry.Tensor);

    /// <summary>Restores a saved state.</summary>
    /// <param name="state">What <see cref="State"/> returned for an optimizer of the same kind and parameters.</param>
    /// <exception cref="ArgumentException">A tensor is missing, of a parameter that the optimizer does not have, or has another type or
    /// shape; the message names it.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state) => StateTensors.Copy(State(), state, GetType().Name);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _state.Values.SelectMany(tensors => tensors))
            tensor.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The rule: moves the parameters of a part of the step, in place, and updates what is remembered of them. Gradients are
    /// switched off, and temporaries may be left to the caller's dispose scope.</summary>
    /// <param name="step">Parameters that are treated alike, with their gradients, learning rate and weight decay.</param>
    protected abstract void Update(ParameterStep step);

    /// <summary>Adds a quantity to the optimizer's state, one tensor for each parameter. Call it in the constructor.</summary>
    /// <param name="name">The quantity's name in <see cref="State"/>, such as <c>exp_avg</c>.</param>
    /// <param name="initial">Makes the first value for a parameter; the optimizer owns the tensor from then on.</param>
    /// <returns>The tensors in the order of <see cref="Parameters"/>; <see cref="ParameterStep.Of"/> picks those of a step.</returns>
    /// <exception cref="ArgumentException">The name is empty, or another quantity has it.</exception>
    protected IReadOnlyList<Tensor> Remember(string name, Func<Parameter, Tensor> initial)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(initial);
        if (_state.ContainsKey(name))
            throw new ArgumentException($"The optimizer already remembers a quantity '{name}'; use another name.", nameof(name));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return _state[name] = Array.ConvertAll(_parameters, parameter => initial(parameter).DetachFromDisposeScope());
    }

    /// <summary>The fused kernels walk memory in order, so a gradient must have its parameter's memory layout.</summary>
    private static Tensor? GradientLikeParameter(Parameter parameter)
    {
        var gradient = parameter.grad;
        return gradient is null || gradient.stride().AsSpan().SequenceEqual(parameter.stride()) ? gradient : empty_like(parameter).copy_(gradient);
    }

    private static void CheckApart(IReadOnlyList<ParameterGroup> groups)
    {
        var owners = new Dictionary<IntPtr, (int Group, string Name)>();
        for (var index = 0; index < groups.Count; index++)
        {
            foreach (var (name, parameter) in groups[index].Names.Zip(groups[index].Parameters))
            {
                if (!owners.TryAdd(parameter.Handle, (index, name)))
                {
                    throw new ArgumentException(
                        $"'{name}' of groups[{index}] is also '{owners[parameter.Handle].Name}' of groups[{owners[parameter.Handle].Group}]; a parameter belongs to one group.",
                        nameof(groups));
                }
            }
        }
    }

    /// <summary>The names, where one occurs again with its number: <c>weight</c>, <c>weight#2</c>.</summary>
    private static string[] Apart(string[] names)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        return Array.ConvertAll(names, name => (counts[name] = counts.GetValueOrDefault(name) + 1) is var count and > 1
            ? string.Create(CultureInfo.InvariantCulture, $"{name}#{count}")
            : name);
    }

    /// <summary>What tells apart parameters that cannot be updated in one call.</summary>
    private readonly record struct Treatment(double RateFactor, double WeightDecay, bool Adapts)
    {
        public static Treatment Of(Parameter parameter, ParameterGroup group, double weightDecay)
        {
            var decays = group.Decays ?? parameter.dim() > 1;
            return new Treatment(group.RateFactor, decays ? group.WeightDecay ?? weightDecay : 0, group.Adapts ?? decays);
        }
    }
}
