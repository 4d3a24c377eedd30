using Contrastive.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Evaluation;

public sealed class PairedRetrievalTests
{
    [Fact]
    public void Ranks_count_the_items_that_score_as_high()
    {
        using var scope = NewDisposeScope();
        var (queries, items) = (Numbers.Normal(20, 4, 1), Numbers.Normal(20, 4, 2));
        var targets = Numbers.Labels(20, 20, 3);
        var own = PairedRetrieval.Ranks(Numbers.Matrix(queries), Numbers.Matrix(items)).data<long>().ToArray();
        var given = PairedRetrieval.Ranks(Numbers.Matrix(queries), Numbers.Matrix(items), tensor(targets)).data<long>().ToArray();
        for (var q = 0; q < 20; q++)
        {
            Assert.Equal(items.Count(item => Loops.Cosine(queries[q], item) >= Loops.Cosine(queries[q], items[q])), own[q]);
            Assert.Equal(items.Count(item => Loops.Cosine(queries[q], item) >= Loops.Cosine(queries[q], items[targets[q]])), given[q]);
        }
    }

    [Fact]
    public void A_collapsed_encoder_finds_nothing()
    {
        using var scope = NewDisposeScope();
        var ranks = PairedRetrieval.Ranks(ones(8, 3), ones(8, 3));
        Assert.Equal(0, PairedRetrieval.RecallAt(7, ranks));
        Assert.Equal(1 / 8.0, PairedRetrieval.MeanReciprocalRank(ranks));
    }

    [Fact]
    public void Recall_and_reciprocal_rank_equal_hand_computed_values()
    {
        using var ranks = tensor(new long[] { 1, 2, 10, 4 });
        Assert.Equal(0.25, PairedRetrieval.RecallAt(1, ranks));
        Assert.Equal(0.75, PairedRetrieval.RecallAt(5, ranks));
        Assert.Equal((1 + 0.5 + 0.1 + 0.25) / 4, PairedRetrieval.MeanReciprocalRank(ranks), 1e-12);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        BadInput.Refused("shapes must be equal", () => PairedRetrieval.Ranks(ones(3, 2), ones(4, 2)));
        BadInput.Refused("use 0 to 3", () => PairedRetrieval.Ranks(ones(2, 2), ones(4, 2), tensor(new long[] { 0, 4 })));
        BadInput.Refused("k is 0", () => PairedRetrieval.RecallAt(0, arange(3)));
    }
}
