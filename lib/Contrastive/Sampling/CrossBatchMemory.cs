using Contrastive.Losses;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>
/// A memory of the latest embeddings and their labels, first in, first out, that a labeled loss takes as references (Wang et al. 2020,
/// "Cross-Batch Memory for Embedding Learning"): far more pairs than the batch has, at no cost of encoding. It helps once embeddings drift
/// slowly; while they move fast, what is kept is soon out of date, so the authors start to use it only after some time.
/// </summary>
/// <example>
/// One step, with a weight for the memory, which is still empty in the first:
/// <code>
/// var value = loss.Compute(z, labels) + (weight * loss.Compute(z, labels, memory.Embeddings, memory.Labels));
/// value.backward();
/// optimizer.step();
/// memory.Enqueue(z, labels);
/// </code>
/// The batch goes into the memory last, since a row that is a reference too would be its own positive.
/// </example>
/// <remarks>A module without parameters, so that it moves with <c>to(device)</c> and is saved in checkpoints: buffers <c>embeddings</c>
/// <c>[M, D]</c>, <c>labels</c> <c>[M]</c> and <c>enqueued</c>, the number of rows ever enqueued. It holds float32, as an encoder gives;
/// <c>to(bfloat16)</c> or <c>to(float64)</c> makes it hold another type. Lengths are kept: the loss normalizes references as it does the
/// batch. A loss against it needs N·M distances or scores; <see cref="TripletMining.All"/> and <see cref="TripletMining.SemiHard"/> need M
/// for each of the batch's positive pairs, and on CUDA the gradient of Euclidean distances N·M·D numbers.</remarks>
public sealed class CrossBatchMemory : nn.Module
{
    /// <summary>Creates an empty memory.</summary>
    /// <param name="length">M, how many embeddings it holds.</param>
    /// <param name="dimension">D, the dimension of the embedding.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below one.</exception>
    public CrossBatchMemory(int length, int dimension) : base(nameof(CrossBatchMemory))
    {
        (Length, Dimension) = (Require.AtLeast(length, 1), Require.AtLeast(dimension, 1));
        register_buffer("embeddings", zeros([length, dimension]).DetachFromDisposeScope(), persistent: true);
        register_buffer("labels", zeros([length], ScalarType.Int64).DetachFromDisposeScope(), persistent: true);
        register_buffer("enqueued", zeros([1], ScalarType.Int64).DetachFromDisposeScope(), persistent: true);
    }

    /// <summary>M, how many embeddings it can hold.</summary>
    public int Length { get; }

    /// <summary>D.</summary>
    public int Dimension { get; }

    /// <summary>F, how many embeddings it holds.</summary>
    public int Filled => (int)Math.Min(Enqueued, Length);

    /// <summary>The embeddings held <c>[F, D]</c>, without gradient, in no order of age. The memory is this module's own: call
    /// <c>backward</c> before <see cref="Enqueue"/> changes it (autograd throws otherwise).</summary>
    public Tensor Embeddings => Held("embeddings");

    /// <summary>Their labels <c>[F]</c>, int64.</summary>
    public Tensor Labels => Held("labels");

    private long Enqueued => get_buffer("enqueued")!.item<long>();

    /// <summary>Adds a batch, in the place of the oldest embeddings where the memory is full.</summary>
    /// <param name="embeddings">Embeddings <c>[N, D]</c> with N at most M, of the memory's type and device.</param>
    /// <param name="labels">Class of each row <c>[N]</c>, an integer type.</param>
    /// <exception cref="ArgumentException">The embeddings have another shape or device, there are more than M, one is not finite, or the
    /// labels do not fit.</exception>
    public void Enqueue(Tensor embeddings, Tensor labels)
    {
        var kept = get_buffer("embeddings")!;
        Require.Shape(embeddings, $"float [N, {Dimension}]");
        if (embeddings.size(0) > Length)
            throw new ArgumentException($"embeddings is {TensorText.Describe(embeddings)}; expected no more rows than the memory is long, {Length}.", nameof(embeddings));
        Require.Alike(kept, embeddings, "the memory", nameof(embeddings));
        Require.Finite(embeddings);
        Require.Ids(labels, embeddings);

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var places = (arange(embeddings.size(0), device: kept.device) + (Enqueued % Length)).remainder(Length); // [N]
        kept.index_copy_(0, places, embeddings.detach());
        get_buffer("labels")!.index_copy_(0, places, labels.to(ScalarType.Int64));
        get_buffer("enqueued")!.add_(embeddings.size(0));
    }

    private Tensor Held(string buffer)
    {
        using var rows = get_buffer(buffer)!.narrow(0, 0, Filled);
        return rows.detach();
    }
}
