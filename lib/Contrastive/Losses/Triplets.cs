using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>Triplets by their indices: <c>Anchors[i]</c>, <c>Positives[i]</c> and <c>Negatives[i]</c> are one.</summary>
/// <param name="Anchors">int64 <c>[T]</c>, rows of the batch.</param>
/// <param name="Positives">int64 <c>[T]</c>, rows of the batch, or of the references if they were mined there.</param>
/// <param name="Negatives">int64 <c>[T]</c>, as the positives.</param>
public readonly record struct Triplets(Tensor Anchors, Tensor Positives, Tensor Negatives)
{
    /// <summary>T, how many there are.</summary>
    public long Count => Anchors.size(0);
}
