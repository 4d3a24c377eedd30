using System.Globalization;
using Contrastive.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Contrastive.Training;

/// <summary>
/// Updates parameters from their gradients. A step is one native pass over all parameters. Parameters with fewer than two dimensions
/// (biases, the weights of norms) do not decay: shrinking them regularizes nothing and hurts (Goyal et al. 2017; You et al. 2017).
/// </summary>
/// <remarks>Move, cast and lay out the modules first: the optimizer keeps references to the parameters it is given.</remarks>
public abstract class Optimizer : IDisposable
{
    private readonly Parameter[] _parameters;
    private readonly Dictionary<string, Tensor[]> _state = [];
    private double _learningRate;

    private protected Optimizer(IReadOnlyList<nn.Module> modules, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(modules);
        _parameters =
        [
            .. modules.SelectMany(module => module.parameters()).Where(parameter => parameter.requires_grad).DistinctBy(parameter => parameter.Handle),
        ];
        if (_parameters.Length == 0)
            throw new ArgumentException("The modules have no trainable parameter; give the modules that are to learn.", nameof(modules));
        _learningRate = Require.NotNegative(learningRate);
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
        var decayed = Places(gradients, parameter => parameter.dim() > 1);
        var undecayed = Places(gradients, parameter => parameter.dim() <= 1);
        if (decayed.Length + undecayed.Length == 0)
            throw new InvalidOperationException("No parameter has a gradient; call backward() on the loss before Step().");
        if (decayed.Length > 0)
            Update(new ParameterGroup(decayed, Pick<Parameter>(_parameters, decayed), Pick<Tensor>(gradients, decayed), Decays: true));
        if (undecayed.Length > 0)
            Update(new ParameterGroup(undecayed, Pick<Parameter>(_parameters, undecayed), Pick<Tensor>(gradients, undecayed), Decays: false));
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
    /// parameter's index, such as <c>exp_avg.3</c>.</summary>
    public IReadOnlyDictionary<string, Tensor> State() => _state
        .SelectMany(entry => entry.Value.Select((tensor, index) => (Key: StateKey(entry.Key, index), Tensor: tensor)))
        .ToDictionary(entry => entry.Key, entry => entry.Tensor);

    /// <summary>Restores a saved state.</summary>
    /// <param name="state">What <see cref="State"/> returned for an optimizer of the same kind and parameters.</param>
    /// <exception cref="ArgumentException">A tensor is missing or has another shape.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state) => StateTensors.Copy(State(), state, GetType().Name);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _state.Values.SelectMany(tensors => tensors))
            tensor.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected abstract void Update(ParameterGroup group);

    /// <summary>Adds a state quantity, one tensor for each parameter.</summary>
    private protected Tensor[] Remember(string name, Func<Parameter, Tensor> initial)
    {
        using var noGradient = no_grad();
        return _state[name] = Array.ConvertAll(_parameters, parameter => initial(parameter).DetachFromDisposeScope());
    }

    private protected static T[] Pick<T>(IReadOnlyList<T?> all, int[] places) where T : class => Array.ConvertAll(places, place => all[place]!);

    /// <summary>The fused kernels walk memory in order, so a gradient must have its parameter's memory layout.</summary>
    private static Tensor? GradientLikeParameter(Parameter parameter)
    {
        var gradient = parameter.grad;
        return gradient is null || gradient.stride().AsSpan().SequenceEqual(parameter.stride()) ? gradient : empty_like(parameter).copy_(gradient);
    }

    private int[] Places(Tensor?[] gradients, Func<Parameter, bool> belongs) =>
        [.. Enumerable.Range(0, _parameters.Length).Where(index => gradients[index] is not null && belongs(_parameters[index]))];

    private static string StateKey(string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{name}.{index}");
}

/// <summary>The parameters of one step that are treated the same way, with their gradients and their indices in the optimizer.</summary>
internal sealed record ParameterGroup(int[] Places, Parameter[] Parameters, Tensor[] Gradients, bool Decays)
{
    /// <summary>The parameters as plain tensors, as native lists require them.</summary>
    public Tensor[] Tensors => Array.ConvertAll(Parameters, Tensor (parameter) => parameter);
}
