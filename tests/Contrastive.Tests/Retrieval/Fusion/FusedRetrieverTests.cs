using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Retrieval;

public sealed class FusedRetrieverTests
{
    [Fact]
    public void Fuses_what_each_search_finds_down_to_the_depth()
    {
        var (first, second) = (new Listed("a", "b", "c", "d"), new Listed("d", "c", "e"));
        var fused = new FusedRetriever([first, second], depth: 3, constant: 10, weights: [2, 1]).Search(["q1", "q2"], 2);
        IReadOnlyList<RankedItem>[] expected = [.. first.Search(["q1"], 3), .. second.Search(["q1"], 3)];
        Assert.Equal(2, fused.Count);
        Assert.All(fused, found => Assert.Equal(ReciprocalRankFusion.Fuse(expected, 2, 10, [2, 1]), found));
        Assert.Equal((3, 3), (first.Asked, second.Asked));
    }

    [Fact]
    public void More_than_the_depth_are_read_where_more_are_asked_for()
    {
        var listed = new Listed("a", "b", "c", "d");
        Assert.Equal(4, new FusedRetriever([listed], depth: 2).Search(["q"], 4)[0].Count);
        Assert.Equal(4, listed.Asked);
        Assert.Empty(new FusedRetriever([listed]).Search([], 4));
    }

    [Fact]
    public void A_question_that_one_search_cannot_answer_is_answered_by_the_other()
    {
        using var words = Bm25Index.Build([new("a", "", "one"), new("b", "", "two")]);
        Assert.Equal(["b"], new FusedRetriever([words, new Listed("b")]).Search(["the"], 5)[0].Select(item => item.Id));
    }

    [Fact]
    public void Bad_input_is_refused_by_name()
    {
        BadInput.Refused("0 searches", () => _ = new FusedRetriever([]));
        BadInput.Refused("1 searches, none of which may be null", () => _ = new FusedRetriever([null!]));
        BadInput.Refused("depth is 0", () => _ = new FusedRetriever([new Listed()], 0));
        BadInput.Refused("2 weights for 1 systems", () => _ = new FusedRetriever([new Listed()], weights: [1, 2]));
        BadInput.Refused("topK is 0", () => new FusedRetriever([new Listed()]).Search(["q"], 0));
        BadInput.Refused("queries[0] is null", () => new FusedRetriever([new Listed()]).Search([null!], 1));
    }

    /// <summary>Finds the same documents whatever the question.</summary>
    private sealed class Listed(params string[] ids) : IRetriever
    {
        public int Asked { get; private set; }

        public IReadOnlyList<IReadOnlyList<RankedItem>> Search(IReadOnlyList<string> queries, int topK)
        {
            Asked = topK;
            return [.. queries.Select(_ => (IReadOnlyList<RankedItem>)[.. ids.Take(topK).Select((id, place) => new RankedItem(id, -place))])];
        }
    }
}
