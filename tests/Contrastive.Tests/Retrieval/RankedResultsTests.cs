using Contrastive.Retrieval;
using Xunit;

namespace Contrastive.Tests.Retrieval;

public sealed class RankedResultsTests
{
    [Fact]
    public void The_passage_with_the_querys_own_id_is_left_out_and_the_rest_keeps_its_order()
    {
        var results = new Dictionary<string, IReadOnlyList<RankedItem>>
        {
            ["a"] = [new("a", 3), new("b", 2), new("c", 2)],
            ["b"] = [new("c", 1), new("a", 1)],
            ["c"] = [new("c", 1)],
        };
        var rest = RankedResults.WithoutOwnPassage(results);
        Assert.Equal([new("b", 2), new("c", 2)], rest["a"]);
        Assert.Equal([new("c", 1), new("a", 1)], rest["b"]);
        Assert.Empty(rest["c"]);
        Assert.Equal(3, results["a"].Count);
    }
}
