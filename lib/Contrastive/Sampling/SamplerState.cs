namespace Contrastive.Sampling;

/// <summary>Where a sampler stands; enough, with its seed, to go on as if never interrupted. Keep it in the checkpoint.</summary>
/// <param name="Epoch">The epoch in progress, from 0.</param>
/// <param name="Position">How many of its batches have been drawn.</param>
public readonly record struct SamplerState(int Epoch, int Position);
