using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>
/// The keys of the last batches with the inputs they were made of, to measure how true old keys still are: those of a queue
/// (<see cref="MoCoQueue"/>), of a memory (<see cref="CrossBatchMemory"/>) or of a bank (<see cref="InstanceBank"/>).
/// </summary>
/// <param name="batches">A, how many batches are kept, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
public sealed class KeyHistory(int batches) : IDisposable
{
    private readonly int _batches = Require.AtLeast(batches, 1);
    private readonly Queue<(Tensor Inputs, Tensor Keys)> _kept = new();

    /// <summary>Whether as many batches are kept as may be.</summary>
    public bool IsFull => _kept.Count == _batches;

    /// <summary>Keeps copies of a batch, and forgets the oldest where there would be too many.</summary>
    /// <param name="inputs">What the keys were made of, <c>[N, ...]</c>.</param>
    /// <param name="keys">The keys, float <c>[N, D]</c>.</param>
    /// <exception cref="ArgumentException">The keys are not such a matrix, or there is not one for each input.</exception>
    public void Add(Tensor inputs, Tensor keys)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Require.Matrix(keys);
        if (inputs.dim() == 0 || inputs.size(0) != keys.size(0))
            throw new ArgumentException($"inputs is {TensorText.Describe(inputs)}, keys {TensorText.Describe(keys)}; expected one key for each input.", nameof(inputs));
        if (IsFull)
            Forget();
        _kept.Enqueue((inputs.detach().clone().DetachFromDisposeScope(), keys.detach().clone().DetachFromDisposeScope()));
    }

    /// <summary>The mean cosine of the kept keys with those that an encoder makes of the same inputs today.</summary>
    /// <param name="encode">Inputs to keys <c>[N, D]</c>; called without gradient.</param>
    /// <returns>One for each batch kept, the newest first: 1 where keys have not moved.</returns>
    public IReadOnlyList<double> Consistency(Func<Tensor, Tensor> encode)
    {
        ArgumentNullException.ThrowIfNull(encode);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return [.. _kept.Reverse().Select(batch =>
            (Similarity.Normalize(encode(batch.Inputs)) * Similarity.Normalize(batch.Keys)).sum(dim: 1).mean().to(float64).item<double>())];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_kept.Count > 0)
            Forget();
    }

    private void Forget()
    {
        var (inputs, keys) = _kept.Dequeue();
        inputs.Dispose();
        keys.Dispose();
    }
}
