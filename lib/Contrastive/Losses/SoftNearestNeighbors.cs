using Contrastive.Torch;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Soft nearest neighbours loss (Frosst, Papernot, Hinton 2019, "Analyzing and Improving Representations with the Soft Nearest Neighbor
/// Loss", equation 1):
/// <code>ℓᵢ = −log( Σ_{j ≠ i, yⱼ = yᵢ} exp(−‖xᵢ − xⱼ‖² / T) / Σ_{k ≠ i} exp(−‖xᵢ − x_k‖² / T) ),    loss = mean of ℓ</code>
/// the probability that a neighbour drawn near the anchor has its class. Rows without a positive are left out of the mean.
/// </summary>
/// <remarks>Does not normalize. T can be learned with the encoder: hand <c>parameters()</c> to the optimiser. What is learned is ln T,
/// so that T stays above zero.</remarks>
public sealed class SoftNearestNeighbors : nn.Module, ILabelledLoss
{
    [ComponentName(Name = "log_temperature")]
    private readonly Parameter _logTemperature;

    /// <summary>Starts with the given temperature.</summary>
    /// <param name="temperature">T at the start, above zero. <value>The default is 1.</value></param>
    /// <param name="learnable">Whether T has a gradient. <value>The default is true, as in the paper.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not above zero.</exception>
    public SoftNearestNeighbors(double temperature = 1, bool learnable = true) : base(nameof(SoftNearestNeighbors))
    {
        _logTemperature = nn.Parameter(tensor(Math.Log(Require.Positive(temperature)), dtype: float32), requires_grad: learnable);
        RegisterComponents();
    }

    /// <summary>T now.</summary>
    public double Temperature => Math.Exp(_logTemperature.ToDouble());

    /// <inheritdoc/>
    public Tensor Compute(Tensor embeddings, Tensor labels)
    {
        Require.Matrix(embeddings, atLeast: 2);
        LossInput.Labels(labels, embeddings);
        using var scope = NewDisposeScope();
        var z = Similarity.Upcast(embeddings);
        var scores = -Distances.Between(z).square() * (-_logTemperature).exp(); // [N, N]
        var (positive, negative) = PairMasks.Of(labels);
        var sameClass = PairMasks.LogSumExp(scores, positive); // [N]
        var all = PairMasks.LogSumExp(scores, positive.logical_or(negative)); // [N]
        return (all - sameClass).masked_select(positive.any(1)).mean().MoveToOuterDisposeScope();
    }
}
