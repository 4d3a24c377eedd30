using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>The embeddings of sentences, each encoded once. Its tensors belong to the dispose scope it is created in.</summary>
internal sealed class SentenceEmbeddings
{
    private readonly Dictionary<string, long> _rows = new(StringComparer.Ordinal);
    private readonly Tensor _embeddings; // [distinct sentences, D]

    private SentenceEmbeddings(IEnumerable<string> sentences, Func<IReadOnlyList<string>, Tensor> encode)
    {
        foreach (var sentence in sentences)
            _rows.TryAdd(sentence, _rows.Count);
        _embeddings = encode([.. _rows.Keys]);
        if (_embeddings.dim() != 2 || _embeddings.size(0) != _rows.Count)
            throw new ArgumentException($"The encoder made {TensorText.Describe(_embeddings)} of {_rows.Count} sentences; expected [{_rows.Count}, D], one vector for each.", nameof(encode));
        Require.Matrix(_embeddings, name: "the encoder's output");
    }

    public static SentenceEmbeddings Of(IEnumerable<string> sentences, Func<IReadOnlyList<string>, Tensor> encode)
    {
        ArgumentNullException.ThrowIfNull(encode);
        return new SentenceEmbeddings(sentences, encode);
    }

    /// <summary>The embeddings of these sentences, <c>[N, D]</c>, on the encoder's device.</summary>
    public Tensor this[IEnumerable<string> sentences] =>
        _embeddings.index_select(0, tensor(sentences.Select(sentence => _rows[sentence]).ToArray(), device: _embeddings.device));
}
