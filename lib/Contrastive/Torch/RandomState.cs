using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>Where torch's default generators and some others stand at a moment.</summary>
internal sealed class RandomState
{
    private readonly Generator[] _generators;
    private readonly Tensor _default;
    private readonly Tensor[] _states;

    private RandomState(Generator[] generators)
    {
        _generators = generators;
        _default = DefaultRandomness.Save();
        _states = Array.ConvertAll(generators, generator => generator.get_state());
    }

    public static RandomState Now(Generator[] generators) => new(generators);

    /// <summary>Lets the state live in the scope around the current one.</summary>
    public RandomState Outlive()
    {
        _default.MoveToOuterDisposeScope();
        foreach (var state in _states)
            state.MoveToOuterDisposeScope();
        return this;
    }

    public void Restore()
    {
        DefaultRandomness.Load(_default);
        for (var index = 0; index < _generators.Length; index++)
            _generators[index].set_state(_states[index]);
    }
}
