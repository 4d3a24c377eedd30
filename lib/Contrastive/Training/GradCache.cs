using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Training;

/// <summary>
/// A contrastive batch larger than memory (Gao et al. 2021, "Scaling Deep Contrastive Learning Batch Size under Memory Limited Setup").
/// First all rows are encoded without keeping the graph; the loss of the whole batch gives the gradient of each embedding; then the rows
/// are encoded once more, chunk by chunk, and each chunk's gradient is backpropagated. Gradient accumulation adds no negatives; this does.
/// </summary>
/// <remarks>
/// The gradient is that of one pass over the whole batch, for every encoder that treats rows independently. The random state (dropout, and
/// the generators given) is replayed, so the second encoding equals the first. Batch norm in training mode does not treat
/// rows independently: its statistics become those of a chunk (as on several devices), and its running statistics are updated
/// twice; use evaluation mode, a per-row norm, or choose the chunk size as you would the per-device batch size. The cost is one more
/// forward pass.
/// </remarks>
/// <param name="chunkSize">Rows encoded at a time, with their graph in memory, in passes that have no chunks of their own
/// (<see cref="EncoderPass.OfTokens"/> has). <value>The default is null: such a pass is encoded whole.</value></param>
/// <param name="generators">Generators from which encoding draws, besides torch's default ones (augmentation within <c>Encode</c>).</param>
/// <exception cref="ArgumentOutOfRangeException">The chunk size is below one.</exception>
public sealed class GradCache(int? chunkSize = null, params Generator[] generators)
{
    private readonly int? _chunkSize = chunkSize is { } size ? Require.AtLeast(size, 1, name: nameof(chunkSize)) : null;

    private readonly Generator[] _generators = generators ?? throw new ArgumentNullException(nameof(generators));

    /// <summary>Adds the gradient of the loss of the whole batch to the parameters, those of the loss included.</summary>
    /// <param name="loss">The loss of the embeddings <c>[N, D]</c> of each pass, such as <c>z =&gt; ntXent.Compute(z[0], z[1])</c>.</param>
    /// <param name="passes">What is encoded, such as two views by one encoder, or questions and passages by two.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">There is nothing to encode, or an encoder does not return a row for each row.</exception>
    public double Backward(Func<IReadOnlyList<Tensor>, Tensor> loss, params EncoderPass[] passes)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(passes);
        if (passes.Length == 0 || passes.Any(pass => pass.Count < 1))
            throw new ArgumentException("There is nothing to encode: give at least one pass, of at least one row.", nameof(passes));

        using var scope = NewDisposeScope();
        var chunks = passes.Select(Chunks).ToArray();
        var states = chunks.Select(pass => new RandomState[pass.Count]).ToArray();
        var embeddings = new Tensor[passes.Length];
        using (no_grad())
        {
            for (var pass = 0; pass < passes.Length; pass++)
                embeddings[pass] = EncodeAll(passes[pass], chunks[pass], states[pass]).detach(); // [N, D]
        }

        foreach (var embedding in embeddings)
            embedding.requires_grad_();
        var value = loss(embeddings);
        value.backward();
        var after = RandomState.Now(_generators);
        for (var pass = 0; pass < passes.Length; pass++)
        {
            if (embeddings[pass].grad is { } gradient)
                CarryBack(passes[pass], chunks[pass], states[pass], gradient);
        }

        after.Restore();
        return value.to(ScalarType.Float64).item<double>();
    }

    // The embeddings in the order of the pass's rows, whatever order they are encoded in.
    private Tensor EncodeAll(EncoderPass pass, IReadOnlyList<(long Start, long Count)> chunks, RandomState[] states)
    {
        using var scope = NewDisposeScope();
        var encoded = new List<Tensor>();
        for (var chunk = 0; chunk < chunks.Count; chunk++)
        {
            states[chunk] = RandomState.Now(_generators).Outlive();
            using var inner = NewDisposeScope();
            var rows = pass.Encode(chunks[chunk].Start, chunks[chunk].Count); // [count, D]
            Require.Shape(rows, $"[{chunks[chunk].Count}, D]", "one row for each row of the pass", name: "an encoder's output", parameter: "passes");
            encoded.Add(rows.MoveToOuterDisposeScope());
        }

        var all = cat(encoded, dim: 0);
        return (pass.Chunks is { } own ? all.index_select(0, tensor(own.Places, device: all.device)) : all).MoveToOuterDisposeScope();
    }

    private static void CarryBack(EncoderPass pass, IReadOnlyList<(long Start, long Count)> chunks, RandomState[] states, Tensor gradient)
    {
        if (pass.Chunks is { } own)
            gradient = gradient.index_select(0, tensor([.. own.Order.Select(index => (long)index)], device: gradient.device));
        for (var chunk = 0; chunk < chunks.Count; chunk++)
        {
            using var scope = NewDisposeScope();
            var (start, count) = chunks[chunk];
            states[chunk].Restore();
            var rows = pass.Encode(start, count); // [count, D]
            if (rows.requires_grad)
                rows.backward([gradient.narrow(0, start, count)]);
        }
    }

    private IReadOnlyList<(long Start, long Count)> Chunks(EncoderPass pass)
    {
        if (pass.Chunks is { } own)
            return own.Bounds;
        var chunks = new List<(long, long)>();
        var size = _chunkSize ?? pass.Count;
        for (var start = 0L; start < pass.Count; start += size)
            chunks.Add((start, Math.Min(size, pass.Count - start)));
        return chunks;
    }
}
