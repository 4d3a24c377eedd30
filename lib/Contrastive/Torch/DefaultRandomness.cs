using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>
/// Keeps and repeats the state of torch's default generators, from which dropout draws. The CPU's can be read and set. CUDA's can only be
/// seeded, so keeping it means: seed it with a number drawn from the CPU's, which repeating draws again.
/// </summary>
internal static class DefaultRandomness
{
    /// <summary>The state from which both generators go on now.</summary>
    public static Tensor Save()
    {
        var state = random.get_rng_state();
        SeedCuda();
        return state;
    }

    /// <summary>Goes on from a state again.</summary>
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
