using Contrastive.Retrieval;
using static TorchSharp.torch;

namespace Contrastive.Tests.Retrieval;

/// <summary>Vectors in clusters, as embeddings are, and what an exact search finds among them.</summary>
internal static class Clusters
{
    /// <summary>Float <c>[N, D]</c> around 50 centers; the same centers for the same D.</summary>
    public static Tensor Draw(int count, int dimension, int seed)
    {
        using var scope = NewDisposeScope();
        using var centers = randn([50, dimension], generator: new Generator(1));
        var generator = new Generator((ulong)seed);
        return (centers[randint(50, [count], int64, generator: generator)] + 0.7 * randn([count, dimension], generator: generator)).MoveToOuterDisposeScope();
    }

    public static IReadOnlyList<IReadOnlyList<RankedItem>> Exact(Tensor queries, Tensor items, int topK)
    {
        using var scope = NewDisposeScope();
        var (scores, places) = ExactSearch.TopK(queries, items, topK);
        var ids = VectorStoreContract.Ids((int)items.size(0));
        return [.. Enumerable.Range(0, (int)queries.size(0)).Select(query => (IReadOnlyList<RankedItem>)[.. places[query].data<long>().ToArray()
            .Zip(scores[query].data<float>().ToArray(), (place, score) => new RankedItem(ids[place], score))])];
    }
}
