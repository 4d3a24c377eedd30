using Contrastive.Retrieval;
using Contrastive.Tests.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Retrieval;

public sealed class ExactVectorStoreTests : VectorStoreContract
{
    protected override IVectorStore Make(int dimension, VectorMetric metric) => new ExactVectorStore(dimension, metric);

    /// <summary>More than a block of memory holds, in batches that end within one; some are replaced across blocks.</summary>
    [Theory]
    [InlineData(VectorMetric.InnerProduct)]
    [InlineData(VectorMetric.Cosine)]
    public void A_store_that_grew_finds_what_an_index_of_the_same_vectors_finds(VectorMetric metric)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (vectors, queries, ids) = (randn(40_000, 6), randn(7, 6), Ids(40_000));
        using var store = new ExactVectorStore(6, metric);
        for (var start = 0; start < 40_000; start += 7_000)
            store.Upsert(ids[start..Math.Min(start + 7_000, 40_000)], vectors[start..Math.Min(start + 7_000, 40_000)]);
        store.Upsert(ids[16_000..17_000], vectors[..1_000] * 3);
        vectors[16_000..17_000] = vectors[..1_000] * 3;
        using var index = ExactIndex.Of(vectors, metric);
        var (scores, places) = index.Search(queries, 20);
        var found = store.Search(queries, 20);
        Assert.Equal(places.data<long>().ToArray().Select(place => ids[place]), found.SelectMany(results => results.Select(item => item.Id)));
        Assert.Equal(scores.data<float>().ToArray(), found.SelectMany(results => results.Select(item => item.Score)));
    }

    [Fact]
    public void Of_equal_scores_that_which_was_added_first_wins_also_after_it_was_replaced()
    {
        using var scope = NewDisposeScope();
        using var store = new ExactVectorStore(2);
        store.Upsert(["z", "a", "m"], ones(3, 2));
        store.Upsert(["a"], ones(1, 2));
        Assert.Equal(["z", "a", "m"], store.Search(ones(1, 2), 3)[0].Select(item => item.Id));
    }

    [Fact]
    public void A_dimension_below_one_is_refused() => BadInput.Refused("dimension is 0", () => new ExactVectorStore(0).Dispose());
}
