namespace Contrastive.Torch;

/// <summary>
/// A small random stream for generated worlds (SplitMix64; Steele, Lea and Flood 2014). Stream <c>index</c> of a seed depends only
/// on these two numbers, so examples can be made in any order and on any number of threads.
/// </summary>
internal struct SplitMix64(long seed, long index)
{
    private ulong _state = Start(seed, index);

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>Uniform in [low, high).</summary>
    public float Uniform(float low, float high) => low + (high - low) * ((Next() >> 40) * (1f / (1 << 24)));

    /// <summary>Uniform in 0, …, count − 1.</summary>
    public int Below(int count) => (int)(((Next() >> 32) * (ulong)count) >> 32);

    /// <summary>Combines the two into one number: neighboring seeds and indices give unrelated ones.</summary>
    public static ulong Start(long seed, long index) => Mix(Mix((ulong)seed) + (ulong)index);

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
