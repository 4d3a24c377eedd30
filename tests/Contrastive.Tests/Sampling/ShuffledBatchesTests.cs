using Contrastive.Sampling;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Sampling;

public sealed class ShuffledBatchesTests
{
    [Fact]
    public void Every_item_comes_once_an_epoch_and_the_last_smaller_batch_is_dropped_unless_kept()
    {
        var dropping = Drawn.Epoch(new ShuffledBatches(25, 10, 1));
        Assert.Equal([10, 10], dropping.Select(batch => batch.Length));
        Assert.Equal(20, dropping.SelectMany(batch => batch).Distinct().Count());

        var keeping = Drawn.Epoch(new ShuffledBatches(25, 10, 1, dropLast: false));
        Assert.Equal([10, 10, 5], keeping.Select(batch => batch.Length));
        Assert.Equal(Enumerable.Range(0, 25).Select(i => (long)i), keeping.SelectMany(batch => batch).Order());
    }

    [Fact]
    public void Each_item_stands_at_each_place_equally_often()
    {
        var sampler = new ShuffledBatches(6, 6, 3);
        var counts = new double[36];
        for (var epoch = 0; epoch < 6000; epoch++)
        {
            var order = Drawn.Epoch(sampler)[0];
            for (var place = 0; place < 6; place++)
                counts[(place * 6) + order[place]]++;
        }

        Assert.InRange(Drawn.ChiSquare(counts, Enumerable.Repeat(1000.0, 36)), 0.2, 2);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        BadInput.Refused("only 5 items", () => _ = new ShuffledBatches(5, 6, 1));
        BadInput.Refused("batchSize is 0", () => _ = new ShuffledBatches(5, 0, 1));
        BadInput.Refused("count is 0; expected at least 1", () => _ = new ShuffledBatches(0, 1, 1));
        Assert.Equal(1, new ShuffledBatches(5, 6, 1, dropLast: false).BatchesPerEpoch);
    }
}
