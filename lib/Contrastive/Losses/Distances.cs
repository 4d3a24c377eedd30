using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Losses;

internal static class Distances
{
    /// <summary>Euclidean distance of all pairs of rows <c>[N, N]</c>, summed term by term: identical rows have distance exactly zero,
    /// where the gradient is taken as zero.</summary>
    public static Tensor Between(Tensor rows) => cdist(rows, rows, 2, compute_mode.donot_use_mm_for_euclid_dist);
}
