using Contrastive.Sampling;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Training;

/// <summary>One thing that a checkpoint keeps: how to save it as tensors, how to restore it, and, if they are copied into live
/// tensors, those tensors, so that their shapes can be checked before anything is changed.</summary>
internal sealed record CheckpointPart(
    string Name,
    Func<IReadOnlyDictionary<string, Tensor>> Save,
    Action<IReadOnlyDictionary<string, Tensor>> Load,
    Func<IReadOnlyDictionary<string, Tensor>>? Living)
{
    /// <summary>Checks values where shapes do not tell whether a state fits; throws an <see cref="ArgumentException"/> if not.</summary>
    public Action<IReadOnlyDictionary<string, Tensor>>? Accept { get; init; }

    public static CheckpointPart InPlace(string name, Func<IReadOnlyDictionary<string, Tensor>> living) =>
        new(name, living, state => StateTensors.Copy(living(), state, name), living);

    public static CheckpointPart OfOne(string name, string key, Func<Tensor> save, Action<Tensor> load) =>
        new(name, () => new Dictionary<string, Tensor> { [key] = save() }, state => load(state[key]), () => new Dictionary<string, Tensor> { [key] = save() });

    /// <summary>A sampler's epoch, position and batches per epoch: with another batch size or data set the position means
    /// something else.</summary>
    public static CheckpointPart OfSampler(string name, int batchesPerEpoch, Func<SamplerState> get, Action<SamplerState> set) =>
        OfOne(
            name,
            "epoch, position, batches",
            () => tensor(new long[] { get().Epoch, get().Position, batchesPerEpoch }), // [3]
            saved => set(new SamplerState((int)saved[0].item<long>(), (int)saved[1].item<long>()))) with
        {
            Accept = state =>
            {
                if (state["epoch, position, batches"][2].item<long>() is var batches && batches != batchesPerEpoch)
                    throw new ArgumentException($"'{name}' dealt {batches} batches an epoch, here it deals {batchesPerEpoch}: the batch size or the data set is another.");
            },
        };

    /// <exception cref="ArgumentException">The state does not fit.</exception>
    public void Check(IReadOnlyDictionary<string, Tensor> state)
    {
        if (Living is not null)
            StateTensors.Check(Living(), state, $"'{Name}'");
        Accept?.Invoke(state);
    }
}
