using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>
/// MoCo's dictionary (He et al. 2020, "Momentum Contrast", section 3.2): the keys of the latest batches, first in, first out, as negatives
/// for the next. It is large without a large batch, and consistent to the extent that its keys come from a slowly moving encoder.
/// </summary>
/// <remarks>A module without parameters, so that it moves with <c>to(device)</c> and is saved in checkpoints: buffers <c>queue</c>
/// <c>[K, D]</c>, <c>queue_ptr</c>, <c>enqueued_at</c> <c>[K]</c> and <c>batches</c>. The authors hold the transpose,
/// <c>[D, K]</c>.</remarks>
public sealed class MoCoQueue : nn.Module
{
    /// <summary>Creates a queue filled with random directions, as the authors do, so that the loss has all its negatives from the
    /// start.</summary>
    /// <param name="length">K. <value>65,536 on ImageNet; 4,096 on CIFAR-10. Much longer than the data set hurts: its keys are old.</value></param>
    /// <param name="dimension">D, the dimension of the embedding. <value>128 in the paper.</value></param>
    /// <param name="generator">The source of the random directions.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below one.</exception>
    public MoCoQueue(int length, int dimension, Generator generator) : base(nameof(MoCoQueue))
    {
        (Length, Dimension) = (Require.AtLeast(length, 1), Require.AtLeast(dimension, 1));
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = NewDisposeScope();
        var random = nn.functional.normalize(randn([length, dimension], device: generator.device, generator: generator), dim: 1);
        register_buffer("queue", random.DetachFromDisposeScope(), persistent: true);
        register_buffer("queue_ptr", zeros([1], ScalarType.Int64).DetachFromDisposeScope(), persistent: true);
        register_buffer("enqueued_at", full([length], -1L, ScalarType.Int64).DetachFromDisposeScope(), persistent: true);
        register_buffer("batches", zeros([1], ScalarType.Int64).DetachFromDisposeScope(), persistent: true);
    }

    /// <summary>K.</summary>
    public int Length { get; }

    /// <summary>D.</summary>
    public int Dimension { get; }

    /// <summary>The slot that the next key takes, 0 … K − 1: that of the oldest.</summary>
    public int Position => (int)get_buffer("queue_ptr")!.item<long>();

    /// <summary>How many slots hold keys of an encoder; the others are still random.</summary>
    public int Filled
    {
        get
        {
            using var scope = NewDisposeScope();
            return (int)(get_buffer("enqueued_at")! >= 0).sum().item<long>();
        }
    }

    /// <summary>The keys <c>[K, D]</c>, unit-length rows without gradient. The memory is the queue's own: call <c>backward</c> before
    /// <see cref="Enqueue"/> changes it (autograd throws otherwise).</summary>
    public Tensor Keys => get_buffer("queue")!.detach();

    /// <summary>How many batches ago each key was enqueued <c>[K]</c>, int64: 0 for the last batch, −1 where the slot is still
    /// random.</summary>
    public Tensor Ages
    {
        get
        {
            using var scope = NewDisposeScope();
            var enqueuedAt = get_buffer("enqueued_at")!; // [K]
            return (get_buffer("batches")! - 1 - enqueuedAt).masked_fill(enqueuedAt < 0, -1).MoveToOuterDisposeScope();
        }
    }

    /// <summary>Replaces the oldest keys with a batch of keys, normalized here. A batch that does not fit before the end wraps around to
    /// the beginning, so K need not be a multiple of the batch size.</summary>
    /// <param name="keys">Embeddings <c>[N, D]</c> with N at most K, on the queue's device.</param>
    /// <exception cref="ArgumentException">The keys have another shape or device, there are more than K, or one is zero, NaN or
    /// infinite.</exception>
    public void Enqueue(Tensor keys)
    {
        var queue = get_buffer("queue")!;
        Require.Shape(keys, $"float [N, {Dimension}]");
        if (keys.size(0) > Length)
            throw new ArgumentException($"keys is {TensorText.Describe(keys)}; expected no more rows than the queue is long, {Length}.", nameof(keys));
        if (keys.device.ToString() != queue.device.ToString())
            throw new ArgumentException($"Keys are on {keys.device}, the queue on {queue.device}; move the queue with to(device).", nameof(keys));

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var rows = keys.detach().to(ScalarType.Float32);
        var lengths = rows.norm(dim: 1, keepdim: true); // [N, 1]
        if (!((lengths > 0) & lengths.isfinite()).all().item<bool>())
            throw new ArgumentException("A key is zero, NaN or infinite: it has no direction, and would stay a negative for a full pass through the queue.", nameof(keys));

        var (count, position) = ((int)keys.size(0), Position);
        var first = Math.Min(count, Length - position);
        rows = rows.div(lengths);
        Put(rows.narrow(0, 0, first), position);
        if (first < count)
            Put(rows.narrow(0, first, count - first), 0);
        get_buffer("queue_ptr")!.fill_((position + count) % Length);
        get_buffer("batches")!.add_(1);
    }

    private void Put(Tensor rows, int position)
    {
        get_buffer("queue")!.narrow(0, position, rows.size(0)).copy_(rows);
        get_buffer("enqueued_at")!.narrow(0, position, rows.size(0)).copy_(get_buffer("batches")!);
    }
}
