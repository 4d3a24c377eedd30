using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>Which pairs of a labeled batch are positive (same label, not the row itself) and which are negative.</summary>
/// <param name="Positive">bool <c>[N, N]</c></param>
/// <param name="Negative">bool <c>[N, N]</c></param>
internal readonly record struct PairMasks(Tensor Positive, Tensor Negative)
{
    public static PairMasks Of(Tensor labels)
    {
        var same = labels.unsqueeze(1).eq(labels.unsqueeze(0)); // [N, N]
        var self = eye(labels.size(0), dtype: @bool, device: labels.device);
        return new PairMasks(same.logical_and(self.logical_not()), same.logical_not());
    }

    /// <summary>Logarithm of the sum of exp over the entries of each row that are in the mask; −∞ where there is none.</summary>
    public static Tensor LogSumExp(Tensor scores, Tensor mask) =>
        scores.masked_fill(mask.logical_not(), double.NegativeInfinity).logsumexp(dim: 1);
}
