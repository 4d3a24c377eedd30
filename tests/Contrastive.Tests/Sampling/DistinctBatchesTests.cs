using Contrastive.Sampling;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Sampling;

public sealed class DistinctBatchesTests
{
    /// <summary>Keys [N][C]; full batches, and in none of them a key in two items.</summary>
    private static long[][] Check(DistinctBatches sampler, long[][] keys, int batchSize)
    {
        var batches = Drawn.Epoch(sampler);
        Assert.Equal(keys.Length / batchSize, batches.Length);
        foreach (var batch in batches)
        {
            Assert.Equal(batchSize, batch.Length);
            var held = batch.SelectMany(item => keys[item].Distinct()).ToArray();
            Assert.Equal(held.Length, held.Distinct().Count());
        }

        return batches;
    }

    private static Tensor Ids(long[][] keys) => tensor(keys.SelectMany(row => row).ToArray(), [keys.Length, keys[0].Length], dtype: int64);

    private static long[][] Random(int items, int columns, int keys, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, items).Select(_ => Enumerable.Range(0, columns).Select(_ => random.NextInt64(keys) * 3).ToArray())];
    }

    [Theory]
    [InlineData(100, 1, 1000, 7)]
    [InlineData(100, 1, 12, 10)]
    [InlineData(100, 2, 150, 10)]
    [InlineData(64, 3, 60, 4)]
    [InlineData(60, 2, 25, 6)]
    [InlineData(9, 2, 6, 2)]
    public void Batches_are_full_and_hold_no_key_twice_whatever_the_keys_and_the_order(int items, int columns, int keys, int batchSize)
    {
        using var scope = NewDisposeScope();
        for (var seed = 0; seed < 20; seed++)
        {
            var rows = Random(items, columns, keys, seed);
            var sampler = new DistinctBatches(Ids(rows), batchSize, seed);
            for (var epoch = 0; epoch < 20; epoch++)
                Check(sampler, rows, batchSize);
        }
    }

    [Fact]
    public void Without_duplicates_every_item_comes_once_an_epoch()
    {
        using var ids = arange(60, int64);
        var batches = Drawn.Epoch(new DistinctBatches(ids, 10, 1));
        Assert.Equal(Enumerable.Range(0, 60).Select(i => (long)i), batches.SelectMany(batch => batch).Order());
    }

    [Fact]
    public void With_few_duplicates_hardly_an_item_is_left_out_and_all_come_equally_often()
    {
        using var scope = NewDisposeScope();
        long[][] keys = [.. Enumerable.Range(0, 120).Select(i => new long[] { i / 3 })]; // each key three times
        var sampler = new DistinctBatches(Ids(keys), 8, 1);
        var counts = new double[120];
        for (var epoch = 0; epoch < 500; epoch++)
        {
            var dealt = Check(sampler, keys, 8).SelectMany(batch => batch).ToArray();
            Assert.InRange(dealt.Distinct().Count(), 116, 120);
            foreach (var item in dealt)
                counts[item]++;
        }

        Assert.All(counts, count => Assert.InRange(count / 500, 0.96, 1.04));
    }

    [Fact]
    public void A_frequent_key_comes_in_nearly_every_batch_and_the_rest_of_it_is_left_out()
    {
        using var scope = NewDisposeScope();
        long[][] keys = [.. Enumerable.Range(0, 400).Select(i => new long[] { i < 100 ? -1 : i })];
        var sampler = new DistinctBatches(Ids(keys), 10, 1); // 40 batches; at most 40 of the 100 items with key −1 can come
        for (var epoch = 0; epoch < 20; epoch++)
        {
            var batches = Check(sampler, keys, 10);
            Assert.InRange(batches.Count(batch => batch.Any(item => item < 100)), 39, 40);
            var dealt = batches.SelectMany(batch => batch).ToArray();
            Assert.Equal(300, dealt.Where(item => item >= 100).Distinct().Count()); // none of the others is left out
            Assert.InRange(dealt.Length - dealt.Distinct().Count(), 60, 61); // as many are drawn once more as cannot come
        }
    }

    /// <summary>Of a key in m items, at most one can come in each of n batches: at most Σ min(m, n) different items.</summary>
    [Theory]
    [InlineData("uneven")]
    [InlineData("few")]
    public void Of_frequent_keys_nearly_as_many_items_come_as_can(string kind)
    {
        using var scope = NewDisposeScope();
        var random = new Random(1);
        long[][] keys = kind == "few"
            ? [.. Enumerable.Range(0, 1200).Select(i => new[] { i % 12L })]
            : [.. Enumerable.Range(0, 3000).Select(_ => new[] { (long)(1 / random.NextDouble()) })]; // key k in about N / k² items
        var sampler = new DistinctBatches(Ids(keys), 10, 1);
        var most = keys.GroupBy(row => row[0]).Sum(group => Math.Min(group.Count(), sampler.BatchesPerEpoch));
        for (var epoch = 0; epoch < 5; epoch++)
            Assert.InRange(Check(sampler, keys, 10).SelectMany(batch => batch).Distinct().Count(), (int)(0.98 * most), most);
    }

    /// <summary>Only the first four items go together; the others take two of them each, and come first in most orders.</summary>
    [Fact]
    public void Where_the_order_leads_to_no_full_batch_another_choice_does()
    {
        using var scope = NewDisposeScope();
        long[][] keys = [[1, 2], [3, 4], [5, 6], [7, 8], [1, 3], [5, 7], [1, 3], [5, 7]];
        var sampler = new DistinctBatches(Ids(keys), 4, 1);
        for (var epoch = 0; epoch < 50; epoch++)
            Assert.All(Check(sampler, keys, 4), batch => Assert.Equal([0, 1, 2, 3], batch.Order()));
        BadInput.Refused("batchSize is 5; expected at most 4: no more items were found of which no two share a key", () => _ = new DistinctBatches(Ids(keys), 5, 1));
    }

    [Fact]
    public void Texts_are_compared_over_all_columns_and_an_items_own_may_be_equal()
    {
        string[] anchors = ["a", "b", "c", "same", "e", "f"];
        string[] positives = ["A", "B", "a", "same", "E", "b"];
        long[][] keys = [[1, 10], [2, 20], [3, 1], [4, 4], [5, 50], [6, 2]];
        for (var seed = 0; seed < 20; seed++)
        {
            var sampler = new DistinctBatches([anchors, positives], 2, seed);
            using var ids = Ids(keys);
            Assert.Equal(Check(sampler, keys, 2), Drawn.Epoch(new DistinctBatches(ids, 2, seed)));
        }
    }

    [Fact]
    public void Many_items_with_many_duplicates_take_no_time_that_grows_with_their_square()
    {
        using var scope = NewDisposeScope();
        var random = new Random(1);
        long[][] keys = [.. Enumerable.Range(0, 200_000).Select(i => new long[] { i % 10 == 0 ? -1 : i % 3 == 0 ? -random.Next(1, 2000) : i, random.Next(60_000) - 1_000_000L })];
        Check(new DistinctBatches(Ids(keys), 64, 1), keys, 64);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        BadInput.Refused("batchSize is 4; expected at most 3", () => _ = new DistinctBatches(tensor(new long[] { 1, 1, 2, 2, 3, 3 }), 4, 1));
        BadInput.Refused("there are only 6 items", () => _ = new DistinctBatches(arange(6, int64), 7, 1));
        BadInput.Refused("expected Int64 [N]", () => _ = new DistinctBatches(ones(6), 2, 1));
        BadInput.Refused("expected Int64 [N, C]", () => _ = new DistinctBatches(ones(6, 2), 2, 1));
        BadInput.Refused("There is no text", () => _ = new DistinctBatches([], 2, 1));
        BadInput.Refused("There is no text", () => _ = new DistinctBatches([Array.Empty<string>()], 2, 1));
        BadInput.Refused("texts[1] has 1 texts, texts[0] 2", () => _ = new DistinctBatches([["a", "b"], ["c"]], 2, 1));
        BadInput.Refused("texts[0][1] is null", () => _ = new DistinctBatches([["a", null!]], 1, 1));
    }
}
