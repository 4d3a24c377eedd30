using Contrastive.Augmentation;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Augmentation;

public sealed class TokenMaskingTests
{
    private static readonly TokenMasking Masking = new(maskId: 4, vocabularySize: 1000, specialIds: [0, 2, 3]);

    [Fact]
    public void Asks_for_15_percent_and_parts_them_80_10_10()
    {
        using var scope = NewDisposeScope();
        var ids = full([400, 500], 7, dtype: ScalarType.Int64);
        var (masked, labels) = Masking.Apply(ids, new Generator(1));
        var chosen = labels.ne(TokenMasking.IgnoreIndex);
        var count = chosen.sum().item<long>();
        Assert.InRange(count / 200_000.0, 0.147, 0.153);
        Assert.True(labels.masked_select(chosen).eq(7).all().item<bool>());
        Assert.True(masked.masked_select(chosen.logical_not()).eq(7).all().item<bool>());
        var became = masked.masked_select(chosen).data<long>().ToArray();
        Assert.InRange(became.Count(id => id == 4) / (double)count, 0.79, 0.81);
        Assert.InRange(became.Count(id => id == 7) / (double)count, 0.093, 0.108); // 10 % stay, and 0.1 % of the 10 % that become random
        Assert.InRange(became.Where(id => id is not (4 or 7)).Distinct().Count(), 900, 998);
    }

    [Fact]
    public void Other_shares_may_stay_or_become_random()
    {
        using var scope = NewDisposeScope();
        var ids = full([400, 500], 7, dtype: ScalarType.Int64);
        double[] Shares(double random, double keep)
        {
            var (masked, labels) = new TokenMasking(4, 1000, [], probability: 0.5, random, keep).Apply(ids, new Generator(1));
            var became = masked.masked_select(labels.ne(TokenMasking.IgnoreIndex)).data<long>().ToArray();
            return [became.Count(id => id == 4) / (double)became.Length, became.Count(id => id == 7) / (double)became.Length];
        }

        Assert.Equal([0.5, 0.4], Shares(random: 0.1, keep: 0.4).Select(share => Math.Round(share, 2)));
        Assert.Equal([0.0, 1.0], Shares(random: 0, keep: 1));
        Assert.Equal([1.0, 0.0], Shares(random: 0, keep: 0));
    }

    [Fact]
    public void Special_tokens_are_never_asked_for_and_the_batch_stays()
    {
        using var scope = NewDisposeScope();
        var ids = tensor(Enumerable.Range(0, 3000).Select(i => (long)(i % 5)).ToArray(), [30, 100]);
        var before = ids.clone();
        var (masked, labels) = Masking.Apply(ids, new Generator(2));
        var special = ids.eq(0).logical_or(ids.eq(2)).logical_or(ids.eq(3));
        Assert.True(labels.masked_select(special).eq(-100).all().item<bool>());
        Assert.True(masked.masked_select(special).eq(ids.masked_select(special)).all().item<bool>());
        Assert.True(ids.eq(before).all().item<bool>());
        Assert.True(labels.ne(-100).any().item<bool>());
    }

    [Fact]
    public void The_generator_alone_decides()
    {
        using var scope = NewDisposeScope();
        var ids = randint(5, 1000, [8, 64], dtype: ScalarType.Int64);
        var (first, _) = Masking.Apply(ids, new Generator(3));
        var (again, _) = Masking.Apply(ids, new Generator(3));
        var (other, _) = Masking.Apply(ids, new Generator(4));
        Assert.True(first.eq(again).all().item<bool>());
        Assert.False(first.eq(other).all().item<bool>());
    }

    [Fact]
    public void Refuses_a_probability_that_is_none()
    {
        Assert.Contains("probability is 0", Assert.Throws<ArgumentOutOfRangeException>(() => new TokenMasking(4, 10, [], probability: 0)).Message, StringComparison.Ordinal);
        Assert.Contains("keep is 0.4; expected at most 0.3", Assert.Throws<ArgumentOutOfRangeException>(() => new TokenMasking(4, 10, [], random: 0.7, keep: 0.4)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenMasking(4, 10, [], keep: -0.1));
        Assert.Contains("maskId is 10", Assert.Throws<ArgumentOutOfRangeException>(() => new TokenMasking(10, 10, [])).Message, StringComparison.Ordinal);
    }
}
