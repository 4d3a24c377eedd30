using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Supervised contrastive loss (Khosla et al. 2020, "Supervised Contrastive Learning"). With unit-length z, P(i) the other rows of i's
/// class and A(i) all rows but i, L_out (equation 2) has the mean over the positives outside the logarithm, L_in (equation 3) inside:
/// <code>L_out: ℓᵢ = −1/|P(i)| · Σ_{p ∈ P(i)} log( exp(zᵢ·z_p / τ) / Σ_{a ∈ A(i)} exp(zᵢ·z_a / τ) )
/// L_in:  ℓᵢ = −log( 1/|P(i)| · Σ_{p ∈ P(i)} exp(zᵢ·z_p / τ) / Σ_{a ∈ A(i)} exp(zᵢ·z_a / τ) )</code>
/// The loss is the mean of ℓ over the anchors that have a positive. For two views, concatenate them and repeat the labels. Against
/// references P(i) are those of i's class, and A(i) are all.
/// </summary>
/// <remarks>The authors' code multiplies by τ / 0.07 (a "base temperature"); this one does not. The SupConLoss of
/// pytorch-metric-learning is L_out with the same defaults, but is zero where the batch has no negative pair.</remarks>
/// <param name="temperature">τ, above zero. <value>The default is 0.1, the paper's.</value></param>
/// <param name="insideLog">Whether to use L_in. <value>The default is false: L_out, which the paper found better.</value></param>
/// <param name="normalize">Whether rows are normalized to unit length first. <value>The default is true, the paper's.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The temperature is not above zero.</exception>
public sealed class SupervisedContrastiveLoss(double temperature = 0.1, bool insideLog = false, bool normalize = true) : ILabeledLoss
{
    private readonly double _temperature = Require.Positive(temperature);

    /// <inheritdoc/>
    public Tensor Compute(Tensor embeddings, Tensor labels) => LabeledPairs.Compute(OverAnchors, embeddings, labels, normalize);

    /// <inheritdoc/>
    public Tensor Compute(Tensor embeddings, Tensor labels, Tensor references, Tensor referenceLabels) =>
        LabeledPairs.Compute(OverAnchors, embeddings, labels, references, referenceLabels, normalize);

    private Tensor OverAnchors(LabeledPairs pairs)
    {
        var scores = pairs.Anchors.mm(pairs.Candidates.t()) / _temperature; // [N, M]
        var positives = LabeledPairs.LogSumExp(scores, pairs.Positive); // [N]
        var count = pairs.Positive.sum(dim: 1).clamp_min(1).to(scores.dtype); // [N]
        // −log of the positives' share of the sum [N], and how far each form's numerator lies below their sum [N].
        var share = Products.Softplus(LabeledPairs.LogSumExp(scores, pairs.Negative) - positives);
        var below = insideLog ? count.log() : positives - ((scores * pairs.Positive).sum(dim: 1) / count);
        return LabeledPairs.Mean(share + below, pairs.Positive.any(1));
    }
}
