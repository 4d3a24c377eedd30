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
    public Tensor Compute(Tensor embeddings, Tensor labels)
    {
        Require.Matrix(embeddings, atLeast: 2);
        LossInput.Labels(labels, embeddings);
        using var scope = NewDisposeScope();
        var z = Similarity.Prepare(embeddings, _normalize);
        var scores = -Distances.Between(z).square() * (-_logTemperature).exp(); // [N, N]
        var (positive, negative) = PairMasks.Of(labels);
        var sameClass = PairMasks.LogSumExp(scores, positive); // [N]
        var all = PairMasks.LogSumExp(scores, positive.logical_or(negative)); // [N]
        return (all - sameClass).masked_select(positive.any(1)).mean().MoveToOuterDisposeScope();
    }
}
