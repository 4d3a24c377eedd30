namespace Contrastive.Sampling;

/// <summary>A source of random numbers for each epoch of each seed, so that an epoch can be drawn again without those before it.</summary>
internal static class EpochRandom
{
    public static Random Create(long seed, int epoch) => new((int)(Mix(Mix((ulong)seed) + (ulong)epoch) >> 33));

    /// <summary>SplitMix64's finalizer: neighboring seeds and epochs give unrelated streams.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
