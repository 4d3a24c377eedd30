using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>The scores of 2N views: products divided by the temperature.</summary>
/// <param name="Positive">With the other view of the same row <c>[2N]</c>.</param>
/// <param name="Others">With all views <c>[2N, 2N]</c>; what is no negative is −∞.</param>
/// <param name="LogWeights">ln w of each entry, or null where every w is 1; not in the scores.</param>
internal sealed record TwoViewScores(Tensor Positive, Tensor Others, Tensor? LogWeights)
{
    public static TwoViewScores Of(Tensor view1, Tensor view2, Negatives negatives, double temperature, bool normalize)
    {
        Require.Pairs(view1, view2, atLeast: 2);
        var rules = NegativeRules.TwoViews(negatives, view1);
        var z = Similarity.Prepare(cat([view1, view2], dim: 0), normalize); // [2N, D]
        var scores = z.mm(z.t()) / temperature; // [2N, 2N]
        var positive = scores.diagonal(offset: view1.size(0)); // [N]
        var others = scores.clone();
        rules.LeaveOut(others);
        return new TwoViewScores(cat([positive, positive], dim: 0), others, rules.LogWeights(others));
    }

    /// <summary>Others with their weights, w · exp(s), as logarithms <c>[2N, 2N]</c>.</summary>
    public Tensor Weighted => LogWeights is null ? Others : Others + LogWeights;

    /// <summary>Which anchors have a negative, bool <c>[2N]</c>.</summary>
    public Tensor HasNegative => Others.gt(double.NegativeInfinity).any(1);
}
