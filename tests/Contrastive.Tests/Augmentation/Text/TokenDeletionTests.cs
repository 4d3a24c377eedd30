using Contrastive.Augmentation;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Augmentation;

public sealed class TokenDeletionTests
{
    private static readonly int[] Ids = [2, .. Enumerable.Range(10, 50), 3];

    [Fact]
    public void Deletes_with_the_given_probability_and_keeps_the_order_and_the_special_tokens()
    {
        var deletion = new TokenDeletion(0.4, [2, 3]);
        using var generator = new Generator(1);
        var kept = Enumerable.Range(0, 2000).Select(_ => deletion.Apply(Ids, generator)).ToList();
        Assert.InRange(kept.Average(ids => ids.Count - 2) / 50, 0.59, 0.61);
        Assert.All(kept, ids => Assert.Equal((2, 3), (ids[0], ids[^1])));
        Assert.All(kept, ids => Assert.Equal(ids.Skip(1).SkipLast(1), ids.Skip(1).SkipLast(1).Order()));
        Assert.Equal(deletion.Apply(Ids, new Generator(5)), deletion.Apply(Ids, new Generator(5)));
        Assert.Equal(Ids, new TokenDeletion(0, [2, 3]).Apply(Ids, generator));
    }

    [Fact]
    public void One_token_stays_where_all_would_go_and_each_has_the_same_chance()
    {
        var deletion = new TokenDeletion(0.999999, [2, 3]);
        using var generator = new Generator(2);
        var left = Enumerable.Range(0, 3000).Select(_ => deletion.Apply([2, 7, 8, 9, 3], generator)).ToList();
        Assert.All(left, ids => Assert.Equal(3, ids.Count));
        Assert.All(left.CountBy(ids => ids[1]), entry => Assert.InRange(entry.Value, 850, 1150));
        Assert.Equal([2, 3], deletion.Apply([2, 3], generator));
    }

    [Fact]
    public void Refuses_a_probability_that_is_none_or_leaves_nothing()
    {
        Assert.Contains("probability is 1", Assert.Throws<ArgumentOutOfRangeException>(() => new TokenDeletion(1, [])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenDeletion(-0.1, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenDeletion(double.NaN, []));
    }
}
