using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>
/// A memory of the latest embedding of every item, as a supply of negatives that costs no encoding (Wu et al. 2018, "Unsupervised Feature
/// Learning via Non-Parametric Instance Discrimination", section 3). After each step the batch's entries move:
/// <code>vᵢ ← normalize(m · vᵢ + (1 − m) · fᵢ)</code>
/// An entry dates from the item's last batch, up to an epoch ago; MoCo's queue keeps only recent ones.
/// </summary>
public sealed class InstanceBank : IDisposable
{
    private readonly double _momentum;

    /// <summary>Creates a bank of random points on the unit sphere.</summary>
    /// <param name="count">N, the number of items, at least 2.</param>
    /// <param name="dimension">D, the dimension of the embeddings.</param>
    /// <param name="seed">The seed of the initial entries.</param>
    /// <param name="momentum">m, in [0, 1): how much of the old entry stays. <value>The default is 0.5, the authors'.</value></param>
    /// <param name="device">The bank's device; the CPU by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public InstanceBank(int count, int dimension, long seed, double momentum = 0.5, Device? device = null)
    {
        Require.AtLeast(count, 2, "a negative needs another item");
        Require.AtLeast(dimension, 1);
        _momentum = Require.Fraction(momentum);
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed, CPU);
        Embeddings = Similarity.Normalize(randn([count, dimension], float32, generator: generator)).to(device ?? CPU).DetachFromDisposeScope();
    }

    /// <summary>The entries, float32 <c>[N, D]</c>, unit-length rows. Save them with the checkpoint and copy them back to resume.</summary>
    public Tensor Embeddings { get; }

    /// <summary>The number of items, N.</summary>
    public int Count => (int)Embeddings.size(0);

    /// <summary>Moves the entries of a batch toward its new embeddings.</summary>
    /// <param name="indices">The items of the batch, int64 <c>[B]</c>, all different.</param>
    /// <param name="embeddings">Their new embeddings, float <c>[B, D]</c>; normalized here. No gradient flows.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or an item occurs twice (which entry would win is undefined).</exception>
    public void Update(Tensor indices, Tensor embeddings)
    {
        CheckIndices(indices);
        Require.Shape(embeddings, Require.Sized("float", indices.size(0), Embeddings.size(1)), "one embedding for each index");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (indices.unique().output.numel() != indices.numel())
            throw new ArgumentException("An item occurs twice in the batch; which entry would win is undefined. Update each item once.", nameof(indices));
        var places = indices.to(Embeddings.device);
        var old = Embeddings.index_select(0, places); // [B, D]
        var moved = (old * _momentum) + (Similarity.Normalize(embeddings).to(float32).to(Embeddings.device) * (1 - _momentum));
        Embeddings.index_copy_(0, places, Similarity.Normalize(moved));
    }

    /// <summary>Draws negatives for each anchor uniformly from all other items, with replacement.</summary>
    /// <param name="indices">The anchors, int64 <c>[B]</c>; an anchor's own entry is never drawn.</param>
    /// <param name="count">K, how many for each anchor.</param>
    /// <param name="generator">The source of randomness, on the CPU.</param>
    /// <returns>The entries <c>[B, K, D]</c>, without gradient, which <see cref="Losses.IQueueLoss"/> takes as its queue.</returns>
    /// <exception cref="ArgumentException">The indices do not fit or K is not above zero.</exception>
    public Tensor Negatives(Tensor indices, int count, Generator generator)
    {
        CheckIndices(indices);
        ArgumentNullException.ThrowIfNull(generator);
        Require.AtLeast(count, 1);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        // A step of 1 … N − 1 from the anchor, around the bank, never lands on it, and on every other item with equal probability.
        var steps = randint(1, Count, [indices.size(0), count], int64, generator: generator); // [B, K]
        var drawn = (indices.cpu().unsqueeze(1) + steps).remainder(Count).to(Embeddings.device); // [B, K]
        return Embeddings.index_select(0, drawn.reshape(-1)).reshape(indices.size(0), count, -1).MoveToOuterDisposeScope(); // [B, K, D]
    }

    /// <inheritdoc/>
    public void Dispose() => Embeddings.Dispose();

    private void CheckIndices(Tensor indices)
    {
        Require.Shape(indices, "Int64 [B]");
        using var scope = NewDisposeScope();
        var (least, greatest) = (indices.min().item<long>(), indices.max().item<long>());
        if (least < 0 || greatest >= Count)
            throw new ArgumentException($"Indices run from {least} to {greatest}, but the bank has {Count} items: use 0 to {Count - 1}.", nameof(indices));
    }
}
