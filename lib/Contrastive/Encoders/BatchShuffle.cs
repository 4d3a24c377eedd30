using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Encoders;

/// <summary>
/// Shuffling batch norm (He et al. 2020, "Momentum Contrast", section 3.3): the keys' batch goes through the encoder in random order,
/// and its embeddings are returned in the original one. With <see cref="SplitBatchNorm"/> in both encoders, a key then shares its
/// statistics with other images than its query does, so the statistics cannot give the positive away.
/// </summary>
/// <remarks>Shuffle the keys only. With plain batch norm, or without any, the order changes nothing.</remarks>
public static class BatchShuffle
{
    /// <summary>The embeddings of a batch that the encoder sees in random order: row i is still that of input i.</summary>
    /// <param name="encoder">Usually a <see cref="MomentumEncoder"/>.</param>
    /// <param name="input">The encoder's input, <c>[N, …]</c>.</param>
    /// <param name="generator">The source of the order; it may be on another device. Keep its state in the checkpoint.</param>
    /// <returns>The encoder's output, <c>[N, …]</c>.</returns>
    /// <exception cref="ArgumentException">The input has no rows, or the encoder returns a different number of rows.</exception>
    public static Tensor Encode(nn.Module<Tensor, Tensor> encoder, Tensor input, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(generator);
        Require.Shape(input, "[N, ...]", "rows to shuffle");
        using var scope = NewDisposeScope();
        var count = input.size(0);
        var order = randperm(count, device: generator.device, generator: generator).to(input.device); // [N]
        var output = encoder.call(input.index_select(0, order)); // row i: that of input order[i]
        Require.Shape(output, $"[{count}, ...]", "one row of the encoder's output for each of its input", name: "the encoder's output", parameter: nameof(encoder));
        return output.index_select(0, order.argsort()).MoveToOuterDisposeScope();
    }
}
