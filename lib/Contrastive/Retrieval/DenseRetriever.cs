using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Retrieval;

/// <summary>Search by vectors: an encoder turns questions into vectors, and a store finds the most similar ones.</summary>
public sealed class DenseRetriever : IRetriever
{
    private readonly IVectorStore _store;
    private readonly Func<IReadOnlyList<string>, Tensor> _encode;
    private readonly int _batchSize;

    /// <summary>Combines a store with the encoder of its questions.</summary>
    /// <param name="store">Holds the passages' vectors; it stays the caller's to dispose.</param>
    /// <param name="encode">From B questions to float <c>[B, D]</c>, row by row, as the store takes them; it is called without gradients.
    /// The tensors it makes are disposed here.</param>
    /// <param name="batchSize">The most questions encoded at once. <value>At least 1. The default is 64.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1.</exception>
    public DenseRetriever(IVectorStore store, Func<IReadOnlyList<string>, Tensor> encode, int batchSize = 64)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(encode);
        (_store, _encode, _batchSize) = (store, encode, Require.AtLeast(batchSize, 1));
    }

    /// <summary>The best passages for each question. One without text (empty or white space) is not encoded and finds nothing.</summary>
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A question is null, topK is below 1, or the encoder does not give one vector of the store's
    /// dimension for each question.</exception>
    /// <exception cref="InvalidOperationException">The store is empty: there is nothing to search.</exception>
    public IReadOnlyList<IReadOnlyList<RankedItem>> Search(IReadOnlyList<string> queries, int topK)
    {
        Questions.Check(queries);
        Require.AtLeast(topK, 1);
        var found = new IReadOnlyList<RankedItem>[queries.Count];
        Array.Fill(found, []);
        foreach (var batch in Enumerable.Range(0, queries.Count).Where(place => !string.IsNullOrWhiteSpace(queries[place])).Chunk(_batchSize))
        {
            using var noGradient = no_grad();
            using var scope = NewDisposeScope();
            var vectors = _encode([.. batch.Select(place => queries[place])]); // [B, D]
            Require.Shape(
                vectors, Require.Sized("float", batch.Length, _store.Dimension), "one vector of the store's dimension for each question",
                name: "what encode returned", parameter: "encode");
            foreach (var (place, items) in batch.Zip(_store.Search(vectors, topK)))
                found[place] = items;
        }

        return found;
    }
}
