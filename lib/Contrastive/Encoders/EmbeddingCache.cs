using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Contrastive.Retrieval;
using Contrastive.Weights;
using static TorchSharp.torch;

namespace Contrastive.Encoders;

/// <summary>
/// Embeddings in files, so that a corpus is encoded once for each encoder: to mine negatives in, to search, to measure. A file's name is
/// the SHA-256 of all that its embeddings depend on: the BERT's configuration and weights, the pooling, and the tokens of all texts in their
/// order, with prefixes, titles and lengths. So an encoder that was trained further, or another text, is encoded anew.
/// <code>var vectors = new EmbeddingCache("embeddings").Passages(encoder, passages);</code>
/// </summary>
/// <param name="folder">Where the files are, <c>HASH.safetensors</c>; it is created when it is needed. Nothing in it is ever removed.</param>
/// <remarks>The hash of an encoder reads all its weights: a second for BERT-base.</remarks>
public sealed class EmbeddingCache(string folder)
{
    private const string Name = "embeddings", SumName = "sha256";

    private readonly string _folder = string.IsNullOrWhiteSpace(folder) ? throw new ArgumentException("The folder has no name.", nameof(folder)) : folder;

    /// <summary>The vectors of questions, as <see cref="DualEncoder.EncodeQuestions"/> gives them.</summary>
    /// <inheritdoc cref="Encode"/>
    public Tensor Questions(DualEncoder encoder, IReadOnlyList<string> questions, int batchSize = 64)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(questions);
        return Encode(encoder.Question, [.. questions.Select(encoder.TokenizeQuestion)], batchSize);
    }

    /// <summary>The vectors of passages, as <see cref="DualEncoder.EncodePassages"/> gives them.</summary>
    /// <inheritdoc cref="Encode"/>
    public Tensor Passages(DualEncoder encoder, IReadOnlyList<Passage> passages, int batchSize = 64)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(passages);
        return Encode(encoder.Passage, [.. passages.Select(encoder.TokenizePassage)], batchSize);
    }

    /// <summary>The embeddings of token sequences: from the file if there is one, otherwise encoded and written.</summary>
    /// <returns><c>[N, H]</c> on the encoder's device.</returns>
    /// <exception cref="ArgumentException">There is nothing to encode, or the encoder is not a BERT: its weights alone do not say what it
    /// computes.</exception>
    /// <exception cref="InvalidDataException">The file is damaged; the message says which to delete.</exception>
    public Tensor Encode(SentenceEncoder encoder, IReadOnlyList<TokenSequence> sequences, int batchSize = 64)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(sequences);
        if (encoder.Encoder is not BertEncoder bert)
            throw new ArgumentException($"The encoder is a {encoder.Encoder.GetType().Name}; expected a BERT, whose configuration and weights say what it computes.", nameof(encoder));
        var path = Path.Combine(_folder, $"{Key(encoder, bert, sequences)}.safetensors");
        if (File.Exists(path))
            return Read(path).to(encoder.parameters().First().device);
        var embeddings = encoder.EncodeSequences(sequences, batchSize);
        var tensors = new Dictionary<string, Tensor> { [Name] = embeddings };
        Directory.CreateDirectory(_folder);
        SafeTensors.Write(path, tensors, new Dictionary<string, string> { [SumName] = TensorSum.Of("", tensors) });
        return embeddings;
    }

    private static string Key(SentenceEncoder encoder, BertEncoder bert, IReadOnlyList<TokenSequence> sequences)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var sequence in sequences)
        {
            hash.AppendData(BitConverter.GetBytes(sequence.Length));
            hash.AppendData(MemoryMarshal.AsBytes<int>(sequence.Ids.ToArray()));
            hash.AppendData(MemoryMarshal.AsBytes<int>(sequence.Types.ToArray()));
        }

        var texts = Convert.ToHexStringLower(hash.GetHashAndReset());
        return TensorSum.Of($"{bert.Config}|{encoder.Pooling}|{texts}", bert.state_dict());
    }

    private static Tensor Read(string path)
    {
        try
        {
            using var file = WeightFile.Open(path);
            var tensors = file.ReadAll();
            if (tensors.TryGetValue(Name, out var embeddings) && file.Metadata.TryGetValue(SumName, out var sum) && sum == TensorSum.Of("", tensors))
                return embeddings;
            throw new InvalidDataException("its checksum does not fit.");
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"The embeddings in '{path}' are damaged; delete the file, and they are computed anew. {error.Message}", error);
        }
    }
}
