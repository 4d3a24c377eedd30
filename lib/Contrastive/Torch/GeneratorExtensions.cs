using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>Randomness from torch's generators for code that draws one number at a time.</summary>
public static class GeneratorExtensions
{
    /// <summary>A new source of randomness, seeded with one draw from the generator. All its numbers depend on the generator's state,
    /// so a checkpoint that keeps the generator keeps this too.</summary>
    /// <param name="generator">The generator, on the CPU: on a GPU each call would wait for the device.</param>
    public static Random NextRandom(this Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        using var seed = randint(0, int.MaxValue, [1], int64, generator.device, generator: generator);
        return new Random((int)seed.item<long>());
    }
}
