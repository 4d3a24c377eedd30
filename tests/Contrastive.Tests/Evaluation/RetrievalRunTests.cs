using Contrastive.Data;
using Contrastive.Evaluation;
using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Evaluation;

public sealed class RetrievalRunTests
{
    [Fact]
    public void Results_stand_under_the_ids_of_their_queries()
    {
        var run = RetrievalRun.Of(new Echo(), [new Query("q2", "apple"), new Query("q1", "pear")], topK: 2);
        Assert.Equal(["apple-0", "apple-1"], run["q2"].Select(item => item.Id));
        Assert.Equal(["pear-0", "pear-1"], run["q1"].Select(item => item.Id));
        Assert.Equal(100, RetrievalRun.Of(new Echo(), [new Query("q", "plum")])["q"].Count);
    }

    [Fact]
    public void An_id_that_two_queries_have_is_refused() =>
        BadInput.Refused("'q'", () => RetrievalRun.Of(new Echo(), [new Query("q", "apple"), new Query("q", "pear")]));

    private sealed class Echo : IRetriever
    {
        public IReadOnlyList<IReadOnlyList<RankedItem>> Search(IReadOnlyList<string> queries, int topK) =>
            [.. queries.Select(query => Enumerable.Range(0, topK).Select(place => new RankedItem($"{query}-{place}", -place)).ToArray())];
    }
}
