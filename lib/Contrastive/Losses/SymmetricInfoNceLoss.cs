using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// InfoNCE with each of two views as query and as key (Chen, Xie and He 2021, "An Empirical Study of Training Self-Supervised Vision
/// Transformers", MoCo v3, algorithm 1). With queries q₁, q₂ of the trained encoder and keys k₁, k₂ of the momentum encoder,
/// <code>loss = ½ · InfoNCE(q₁, k₂) + ½ · InfoNCE(q₂, k₁)</code>
/// Without a queue the negatives are the other rows of the keys, as in MoCo v3; with one they are the queue's keys, as in the authors'
/// CIFAR-10 notebook. It takes twice the encoding of the one-sided loss and is better after the same number of epochs.
/// </summary>
/// <remarks>The mean of the two directions: MoCo v3's code gives 4 τ times this, the CIFAR-10 notebook twice.</remarks>
/// <param name="temperature">τ, above zero. <value>The default is 0.2, that of MoCo v3 with vision transformers; 1.0 with its ResNet-50, 0.1 in the CIFAR-10 notebook.</value></param>
/// <param name="normalize">Whether rows are normalized to unit length first. <value>The default is true, the paper's.</value></param>
/// <param name="blockwise">Whether the similarities are computed in blocks and never all held: the same value and gradient, in little
/// memory, but no second derivatives. <value>The default is null: only for large batches.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The temperature is not above zero.</exception>
public sealed class SymmetricInfoNceLoss(double temperature = 0.2, bool normalize = true, bool? blockwise = null)
{
    private readonly InfoNceLoss _oneSided = new(temperature, normalize, blockwise);

    /// <summary>The loss without a queue, as in MoCo v3.</summary>
    /// <param name="query1">Embeddings <c>[N, D]</c> of the first view, through the prediction head where there is one.</param>
    /// <param name="query2">Embeddings <c>[N, D]</c> of the second view.</param>
    /// <param name="key1">Embeddings <c>[N, D]</c> of the first view by the momentum encoder.</param>
    /// <param name="key2">Embeddings <c>[N, D]</c> of the second view by the momentum encoder.</param>
    /// <param name="negatives">Which negatives are left out, and what the others weigh: <c>[N, N]</c>, first view by second, in both halves. <value>The default is
    /// null: each counts once.</value></param>
    /// <returns>A scalar, attached to the autograd graph.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, there are fewer than two rows, or a value is not finite.</exception>
    public Tensor Compute(Tensor query1, Tensor query2, Tensor key1, Tensor key2, Negatives? negatives = null)
    {
        Check(query1, query2, key1, key2, atLeast: 2);
        var chosen = negatives ?? Negatives.All;
        using var scope = NewDisposeScope();
        return ((_oneSided.Compute(query1, key2, chosen) + _oneSided.Compute(query2, key1, chosen.Exchanged(ofPairs: true))) / 2).MoveToOuterDisposeScope();
    }

    /// <summary>The same against the keys of a queue. Enqueue both views' keys afterwards.</summary>
    /// <inheritdoc cref="Compute(Tensor, Tensor, Tensor, Tensor, Negatives?)"/>
    /// <param name="query1">Embeddings <c>[N, D]</c> of the first view.</param>
    /// <param name="query2">Embeddings <c>[N, D]</c> of the second view.</param>
    /// <param name="key1">Embeddings <c>[N, D]</c> of the first view by the momentum encoder.</param>
    /// <param name="key2">Embeddings <c>[N, D]</c> of the second view by the momentum encoder.</param>
    /// <param name="queue">Negatives <c>[K, D]</c>, shared by all queries, or <c>[N, K, D]</c>.</param>
    /// <param name="negatives">Which keys are left out, and what the others weigh: pairs by queue, <c>[N, K]</c>, in both halves.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, a batch is empty, or a value is not finite.</exception>
    public Tensor Compute(Tensor query1, Tensor query2, Tensor key1, Tensor key2, Tensor queue, Negatives? negatives = null)
    {
        Check(query1, query2, key1, key2, atLeast: 1);
        var chosen = negatives ?? Negatives.All;
        using var scope = NewDisposeScope();
        return ((_oneSided.Compute(query1, key2, queue, chosen) + _oneSided.Compute(query2, key1, queue, chosen.Exchanged(ofPairs: false))) / 2).MoveToOuterDisposeScope();
    }

    private static void Check(Tensor query1, Tensor query2, Tensor key1, Tensor key2, long atLeast)
    {
        Require.Pairs(query1, query2, atLeast: atLeast);
        Require.Pairs(query1, key1, atLeast: atLeast);
        Require.Pairs(query1, key2, atLeast: atLeast);
    }
}
