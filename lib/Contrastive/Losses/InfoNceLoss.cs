using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// InfoNCE (van den Oord et al. 2018, "Representation Learning with Contrastive Predictive Coding", equation 4). For a query q, its key
/// k⁺ and negative keys kⱼ,
/// <code>ℓ = −log( exp(q·k⁺ / τ) / (exp(q·k⁺ / τ) + Σⱼ exp(q·kⱼ / τ)) ),    loss = mean of ℓ over the queries</code>
/// With a queue the negatives are the queue's keys and nothing else (MoCo, He et al. 2020, equation 1); with two views they are the
/// other rows of the second view, and only the first view is the query.
/// </summary>
/// <remarks>Random embeddings have a loss of about ln(1 + number of negatives).</remarks>
/// <param name="temperature">τ, above zero. <value>The default is 0.07, MoCo's; 0.2 in its second version.</value></param>
/// <param name="normalize">Whether embeddings are normalized to unit length. <value>The default is true, as in MoCo.</value></param>
/// <param name="blockwise">Whether the similarities are computed in blocks and never all held: the same value and gradient, in little
/// memory, but no second derivatives. <value>The default is null: only for large batches.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The temperature is not above zero.</exception>
public sealed class InfoNceLoss(double temperature = 0.07, bool normalize = true, bool? blockwise = null) : IQueueLoss, INegativesLoss
{
    private readonly double _temperature = Require.Positive(temperature);

    /// <inheritdoc/>
    public Tensor Compute(Tensor queries, Tensor keys, Tensor queue) => Compute(queries, keys, queue, Negatives.All);

    /// <inheritdoc/>
    public Tensor Compute(Tensor queries, Tensor keys, Tensor queue, Negatives negatives)
    {
        Require.Pairs(queries, keys, atLeast: 1);
        LossInput.Queue(queue, queries);
        using var scope = NewDisposeScope();
        var rules = NegativeRules.Queue(negatives, queries, queue);
        var (q, others) = (Prepare(queries) / _temperature, Prepare(queue));
        var sums = queue.dim() == 2 ? Products.LogSumExp(q, others, rules, blockwise) : OverOwn(q, others, rules); // [N]
        return Products.CrossEntropy((q * Prepare(keys)).sum(dim: 1), sums).mean().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2) => Compute(view1, view2, Negatives.All);

    /// <inheritdoc/>
    public Tensor Compute(Tensor view1, Tensor view2, Negatives negatives)
    {
        Require.Pairs(view1, view2, atLeast: 2);
        using var scope = NewDisposeScope();
        var rules = NegativeRules.InBatch(negatives, view1);
        var (q, keys) = (Prepare(view1) / _temperature, Prepare(view2));
        return Products.CrossEntropy((q * keys).sum(dim: 1), Products.LogSumExp(q, keys, rules, blockwise)).mean().MoveToOuterDisposeScope();
    }

    // Each query against keys of its own [N, K, D].
    private static Tensor OverOwn(Tensor queries, Tensor keys, EntryRules rules)
    {
        var products = keys.bmm(queries.unsqueeze(2)).squeeze(2); // [N, K]
        rules.Apply(products);
        return products.logsumexp(dim: 1);
    }

    private Tensor Prepare(Tensor embeddings) => Similarity.Prepare(embeddings, normalize);
}
