using Contrastive.Torch;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Soft nearest neighbors loss (Frosst, Papernot, Hinton 2019, "Analyzing and Improving Representations with the Soft Nearest Neighbor
/// Loss", equation 1):
/// <code>ℓᵢ = −log( Σ_{j ≠ i, yⱼ = yᵢ} exp(−‖xᵢ − xⱼ‖² / T) / Σ_{k ≠ i} exp(−‖xᵢ − x_k‖² / T) ),    loss = mean of ℓ</code>
/// the ratio being the probability that a neighbor drawn near the anchor has its class. Rows without a positive are left out of the mean.
/// Against references j and k run over all of them.
/// </summary>
/// <remarks>T can be learned with the encoder: pass <c>parameters()</c> to the optimizer. What is learned is ln T,
/// so that T stays above zero.</remarks>
public sealed class SoftNearestNeighborsLoss : nn.Module, ILabeledLoss
{
    [ComponentName(Name = "log_temperature")]
    private readonly Parameter _logTemperature;
    private readonly bool _normalize;

    /// <summary>Starts with the given temperature.</summary>
    /// <param name="temperature">T at the start, above zero. <value>The default is 1.</value></param>
    /// <param name="learnable">Whether T has a gradient. <value>The default is true, as in the paper.</value></param>
    /// <param name="normalize">Whether rows are normalized to unit length first. <value>The default is false, the paper's.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not above zero.</exception>
    public SoftNearestNeighborsLoss(double temperature = 1, bool learnable = true, bool normalize = false) : base(nameof(SoftNearestNeighborsLoss))
    {
        _normalize = normalize;
        _logTemperature = nn.Parameter(tensor(Math.Log(Require.Positive(temperature)), dtype: float32), requires_grad: learnable);
        RegisterComponents();
    }

    /// <summary>The current T.</summary>
    public double Temperature => Math.Exp(_logTemperature.ToDouble());

    /// <inheritdoc/>
    public Tensor Compute(Tensor embeddings, Tensor labels) => LabeledPairs.Compute(OverAnchors, embeddings, labels, _normalize);

    /// <inheritdoc/>
    public Tensor Compute(Tensor embeddings, Tensor labels, Tensor references, Tensor referenceLabels) =>
        LabeledPairs.Compute(OverAnchors, embeddings, labels, references, referenceLabels, _normalize);

    private Tensor OverAnchors(LabeledPairs pairs)
    {
        var scores = -PairDistance.SquaredEuclidean.Between(pairs.Anchors, pairs.Candidates) * (-_logTemperature).exp(); // [N, M]
        var sameClass = LabeledPairs.LogSumExp(scores, pairs.Positive); // [N]
        var otherClasses = LabeledPairs.LogSumExp(scores, pairs.Negative); // [N]
        return LabeledPairs.Mean(Products.Softplus(otherClasses - sameClass), pairs.Positive.any(1));
    }
}
