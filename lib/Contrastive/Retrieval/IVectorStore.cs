using static TorchSharp.torch;

namespace Contrastive.Retrieval;

/// <summary>Vectors by id, searched by similarity: in memory, exactly or approximately, or in a database.</summary>
public interface IVectorStore : IDisposable
{
    /// <summary>D, the number of values of each vector.</summary>
    int Dimension { get; }

    /// <summary>How vectors are compared.</summary>
    VectorMetric Metric { get; }

    /// <summary>How many vectors there are.</summary>
    long Count { get; }

    /// <summary>Adds vectors; those whose id is there already are replaced. All or none: what is refused changes nothing.</summary>
    /// <param name="ids">N ids, none of them twice.</param>
    /// <param name="vectors">Float <c>[N, D]</c>, finite.</param>
    /// <exception cref="ArgumentException">An id occurs twice, or the vectors do not fit or hold NaN; the message names the row.</exception>
    void Upsert(IReadOnlyList<string> ids, Tensor vectors);

    /// <summary>The most similar vectors to each query.</summary>
    /// <param name="queries">Float <c>[Q, D]</c>, finite.</param>
    /// <param name="topK">The most that a query gets, at least 1; a store of fewer gives all it has.</param>
    /// <returns>For each query ids and similarities (inner product or cosine, higher is better), best first.</returns>
    /// <exception cref="InvalidOperationException">The store is empty: there is nothing to search.</exception>
    IReadOnlyList<IReadOnlyList<RankedItem>> Search(Tensor queries, int topK);
}

/// <summary>How two vectors are compared; higher is more similar.</summary>
public enum VectorMetric
{
    /// <summary>The inner product, as DPR compares: length counts.</summary>
    InnerProduct,

    /// <summary>The cosine of the angle: length does not count, and a vector of zeros has no angle and is refused.</summary>
    Cosine,
}
