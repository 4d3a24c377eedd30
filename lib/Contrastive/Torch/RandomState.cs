using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>A snapshot of the state of torch's default generators and some others.</summary>
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

    /// <summary>Moves the state to the enclosing dispose scope.</summary>
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

/// <summary>
/// Saves and restores the state of torch's default generators, from which dropout draws. The CPU's can be read and set. CUDA's can only
/// be seeded, so saving seeds it with a number drawn from the CPU's, which restoring draws again.
/// </summary>
internal static class DefaultRandomness
{
    /// <summary>The state from which both generators continue.</summary>
    public static Tensor Save()
    {
        var state = random.get_rng_state();
        SeedCuda();
        return state;
    }

    /// <summary>Continues from a saved state.</summary>
    public static void Load(Tensor state)
    {
        random.set_rng_state(state);
        SeedCuda();
    }

    private static void SeedCuda()
    {
        if (!cuda.is_available())
            return;
        using var seed = randint(0, long.MaxValue, [1], ScalarType.Int64);
        cuda.manual_seed_all(seed.item<long>());
    }
}
