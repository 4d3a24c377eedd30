using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Training;

/// <summary>One input of a contrastive loss, as <see cref="GradCache"/> needs it: rows that can be encoded a few at a time.</summary>
/// <param name="Encode">Encodes the rows from start on, count of them, to <c>[count, D]</c>. The same rows must give the same embeddings
/// each time, given the same random state.</param>
/// <param name="Count">The number of rows.</param>
public sealed record EncoderPass(Func<long, long, Tensor> Encode, long Count)
{
    /// <summary>A tensor's rows through a module.</summary>
    /// <param name="encoder">The encoder, with its head.</param>
    /// <param name="inputs"><c>[N, …]</c>.</param>
    public static EncoderPass Of(nn.Module<Tensor, Tensor> encoder, Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(inputs);
        return new EncoderPass((start, count) => encoder.call(inputs.narrow(0, start, count)), inputs.size(0));
    }
}
