using Contrastive.Sampling;
using Xunit;

namespace Contrastive.Tests.Sampling;

public sealed class LengthBucketsTests
{
    private static readonly int[] Lengths = [.. Enumerable.Range(0, 1000).Select(i => 3 + i * 7919 % 61)];

    [Fact]
    public void Sorted_batches_hold_every_sequence_once_and_fall_in_length()
    {
        var batches = LengthBuckets.Sorted(Lengths, 64);
        Assert.Equal(Enumerable.Range(0, 1000), batches.SelectMany(batch => batch).Order());
        Assert.Equal(Lengths.OrderDescending(), batches.SelectMany(batch => batch).Select(i => Lengths[i]));
        Assert.Equal(1000 % 64, batches[^1].Length);
    }

    [Fact]
    public void Shuffled_batches_are_full_distinct_and_depend_on_the_seed_alone()
    {
        var batches = LengthBuckets.Shuffled(Lengths, 32, seed: 1, poolBatches: 8);
        Assert.All(batches, batch => Assert.Equal(32, batch.Length));
        Assert.Equal(31 * 32, batches.SelectMany(batch => batch).Distinct().Count());
        Assert.Equal(batches, LengthBuckets.Shuffled(Lengths, 32, seed: 1, poolBatches: 8));
        Assert.NotEqual(batches, LengthBuckets.Shuffled(Lengths, 32, seed: 2, poolBatches: 8));
    }

    [Fact]
    public void Pools_save_most_of_the_padding()
    {
        var random = Padding(LengthBuckets.Shuffled(Lengths, 32, seed: 1, poolBatches: 1));
        var pooled = Padding(LengthBuckets.Shuffled(Lengths, 32, seed: 1, poolBatches: 16));
        Assert.True(pooled < 0.2 * random, $"padding {pooled} against {random}");
    }

    [Fact]
    public void Refuses_sizes_that_make_no_batch()
    {
        Assert.Contains("batchSize is 0; expected at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => LengthBuckets.Sorted(Lengths, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("do not fill one batch of 2000", Assert.Throws<ArgumentException>(() => LengthBuckets.Shuffled(Lengths, 2000, 1)).Message, StringComparison.Ordinal);
    }

    private static int Padding(IReadOnlyList<int[]> batches) => batches.Sum(batch => batch.Sum(i => batch.Max(j => Lengths[j]) - Lengths[i]));
}
