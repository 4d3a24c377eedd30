using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>A batch of positive pairs: item <c>Positives[i]</c> is a positive of item <c>Anchors[i]</c>.</summary>
/// <param name="Anchors">int64 <c>[B]</c>.</param>
/// <param name="Positives">int64 <c>[B]</c>.</param>
public readonly record struct PairBatch(Tensor Anchors, Tensor Positives);
