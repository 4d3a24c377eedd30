using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Retrieval;

public sealed class RecallTests
{
    [Fact]
    public void Recall_is_the_share_of_the_exact_results_that_were_found_averaged_over_queries() =>
        Assert.Equal((0.5 + 1) / 2, Recall.Of([Results("b", "x"), Results("d", "c")], [Results("a", "b"), Results("c", "d")]));

    [Fact]
    public void Fewer_results_find_less() => Assert.Equal(0.25, Recall.Of([Results("a")], [Results("a", "b", "c", "d")]));

    [Fact]
    public void Nothing_to_compare_is_refused()
    {
        BadInput.Refused("1 queries and exact ones of 2", () => Recall.Of([Results("a")], [Results("a"), Results("b")]));
        BadInput.Refused("at least one", () => Recall.Of([], []));
        BadInput.Refused("nothing for query 0", () => Recall.Of([Results("a")], [Results()]));
    }

    private static RankedItem[] Results(params string[] ids) => [.. ids.Select((id, place) => new RankedItem(id, -place))];
}
