using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

internal static class TwoViewScores
{
    /// <summary>Products of 2N views divided by the temperature: with the other view of the same row <c>[2N]</c>, and with all others
    /// <c>[2N, 2N]</c>, where the row itself and its other view are −∞.</summary>
    public static (Tensor Positive, Tensor Negatives) Of(Tensor view1, Tensor view2, double temperature, bool normalize)
    {
        var z = Similarity.Prepare(cat([view1, view2], dim: 0), normalize); // [2N, D]
        var scores = z.mm(z.t()) / temperature; // [2N, 2N]
        var row = arange(view1.size(0), device: z.device);
        var item = cat([row, row], dim: 0); // [2N]
        var positive = cat([scores.diagonal(offset: view1.size(0)), scores.diagonal(offset: -view1.size(0))], dim: 0); // [2N]
        return (positive, scores.masked_fill(item.unsqueeze(1).eq(item.unsqueeze(0)), double.NegativeInfinity));
    }
}
