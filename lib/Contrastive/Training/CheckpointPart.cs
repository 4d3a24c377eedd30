using static TorchSharp.torch;

namespace Contrastive.Training;

/// <summary>One thing that a checkpoint keeps: how to tell it in tensors, how to take them back, and, where they are copied into living
/// tensors, these, so that their shapes can be checked before anything is changed.</summary>
internal sealed record CheckpointPart(
    string Name,
    Func<IReadOnlyDictionary<string, Tensor>> Save,
    Action<IReadOnlyDictionary<string, Tensor>> Load,
    Func<IReadOnlyDictionary<string, Tensor>>? Living)
{
    public static CheckpointPart InPlace(string name, Func<IReadOnlyDictionary<string, Tensor>> living) =>
        new(name, living, state => StateTensors.Copy(living(), state, name), living);

    public static CheckpointPart OfOne(string name, string key, Func<Tensor> save, Action<Tensor> load) =>
        new(name, () => new Dictionary<string, Tensor> { [key] = save() }, state => load(state[key]), () => new Dictionary<string, Tensor> { [key] = save() });

    /// <exception cref="ArgumentException">The state does not fit.</exception>
    public void Check(IReadOnlyDictionary<string, Tensor> state)
    {
        if (Living is not null)
            StateTensors.Check(Living(), state, $"'{Name}'");
    }
}
