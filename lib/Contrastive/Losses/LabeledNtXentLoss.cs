using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// NT-Xent with labels: a cross entropy for each positive pair, in which the other positives of the anchor are left out, where
/// <see cref="SupervisedContrastiveLoss"/> has them in the denominator. With unit-length z, and N(i) the rows of other classes than i's,
/// <code>ℓ(i, p) = −log( exp(zᵢ·z_p / τ) / (exp(zᵢ·z_p / τ) + Σ_{n ∈ N(i)} exp(zᵢ·z_n / τ)) ),    loss = mean of ℓ over all ordered positive pairs</code>
/// With each item as a class, and two views of each, it is <see cref="NtXentLoss"/>. Against references p and n are references.
/// </summary>
/// <remarks>The NTXentLoss of pytorch-metric-learning, whose temperature is 0.07 by default.</remarks>
/// <param name="temperature">τ, above zero. <value>The default is 0.5, as in <see cref="NtXentLoss"/>.</value></param>
/// <param name="normalize">Whether rows are normalized to unit length first. <value>The default is true.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The temperature is not above zero.</exception>
public sealed class LabeledNtXentLoss(double temperature = 0.5, bool normalize = true) : ILabeledLoss
{
    private readonly double _temperature = Require.Positive(temperature);

    /// <inheritdoc/>
    public Tensor Compute(Tensor embeddings, Tensor labels) => LabeledPairs.Compute(OverPairs, embeddings, labels, normalize);

    /// <inheritdoc/>
    public Tensor Compute(Tensor embeddings, Tensor labels, Tensor references, Tensor referenceLabels) =>
        LabeledPairs.Compute(OverPairs, embeddings, labels, references, referenceLabels, normalize);

    private Tensor OverPairs(LabeledPairs pairs)
    {
        var scores = pairs.Anchors.mm(pairs.Candidates.t()) / _temperature; // [N, M]
        var negatives = LabeledPairs.LogSumExp(scores, pairs.Negative).unsqueeze(1); // [N, 1]
        return LabeledPairs.Mean(Products.Softplus(negatives - scores), pairs.Positive);
    }
}
