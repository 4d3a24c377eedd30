using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Contrastive.Training;

/// <summary>The part of an optimizer's step that one call of its update rule moves: parameters with a gradient that are treated
/// alike.</summary>
public sealed class ParameterStep
{
    private readonly int[] _places;

    internal ParameterStep(int[] places, Parameter[] parameters, Tensor?[] gradients, double learningRate, double weightDecay, bool adapts)
    {
        _places = places;
        Parameters = Array.ConvertAll(places, place => parameters[place]);
        GradientTensors = Array.ConvertAll(places, place => gradients[place]!);
        (LearningRate, WeightDecay, Adapts) = (learningRate, weightDecay, adapts);
    }

    /// <summary>The parameters.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Their gradients, in the same order, each laid out in memory as its parameter is.</summary>
    public IReadOnlyList<Tensor> Gradients => GradientTensors;

    /// <summary>The step size: the optimizer's, times the group's factor.</summary>
    public double LearningRate { get; }

    /// <summary>The weight decay; zero for parameters that do not decay.</summary>
    public double WeightDecay { get; }

    /// <summary>Whether a rule that scales the rate to each parameter's norm, as <see cref="Lars"/>, should do so.</summary>
    public bool Adapts { get; }

    internal Tensor[] GradientTensors { get; }

    /// <summary>The parameters as plain tensors, as native lists require them.</summary>
    internal Tensor[] ParameterTensors => [.. Parameters];

    /// <summary>What the optimizer remembers of these parameters, in the same order.</summary>
    /// <param name="remembered">What <c>Remember</c> returned.</param>
    public Tensor[] Of(IReadOnlyList<Tensor> remembered)
    {
        ArgumentNullException.ThrowIfNull(remembered);
        return Array.ConvertAll(_places, place => remembered[place]);
    }
}
