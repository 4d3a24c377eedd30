using Contrastive.Torch;

namespace Contrastive.Sampling;

/// <summary>A source of random numbers for each epoch of each seed, so that an epoch can be drawn again without those before it.</summary>
internal static class EpochRandom
{
    public static Random Create(long seed, int epoch) => new((int)(SplitMix64.Start(seed, epoch) >> 33));
}
