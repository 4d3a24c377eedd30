using Contrastive.Sampling;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Sampling;

public sealed class MixedBatchesTests
{
    /// <summary>Three data sets of 5, 2 and 9 batches of different sizes.</summary>
    private static ShuffledBatches[] Sources() => [new(50, 10, seed: 1), new(9, 4, seed: 2), new(27, 3, seed: 3)];

    private static (int Source, string Items)[] Epoch(MixedBatches<Tensor> sampler) =>
        [.. sampler.NextEpoch().Select(batch => (batch.Source, Text(batch.Batch.data<long>().ToArray())))];

    private static string Text(long[] items) => string.Join(' ', items);

    private static string[][] EpochOfEach(IEnumerable<ShuffledBatches> sources) => [.. sources.Select(source => Drawn.Epoch(source).Select(Text).ToArray())];

    [Theory]
    [InlineData(Mixing.Proportional, 16)]
    [InlineData(Mixing.RoundRobin, 6)]
    public void Each_source_gives_its_own_batches_in_its_own_order(Mixing mixing, int batches)
    {
        var (sampler, alone) = (new MixedBatches<Tensor>(Sources(), 1, mixing), Sources());
        Assert.Equal(batches, sampler.BatchesPerEpoch);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var mixed = Epoch(sampler);
            var expected = EpochOfEach(alone);
            Assert.Equal(batches, mixed.Length);
            for (var source = 0; source < 3; source++)
            {
                var its = mixed.Where(batch => batch.Source == source).Select(batch => batch.Items).ToArray();
                Assert.Equal(expected[source].Take(mixing == Mixing.RoundRobin ? 2 : int.MaxValue), its);
            }
        }
    }

    [Fact]
    public void Round_robin_takes_the_sources_in_turn() =>
        Assert.Equal([0, 1, 2, 0, 1, 2], Epoch(new MixedBatches<Tensor>(Sources(), 1, Mixing.RoundRobin)).Select(batch => batch.Source));

    [Fact]
    public void Proportional_puts_each_source_at_each_place_as_often_as_it_has_batches()
    {
        var sampler = new MixedBatches<Tensor>(Sources(), 1);
        var counts = new double[16, 3];
        for (var epoch = 0; epoch < 2000; epoch++)
        {
            var place = 0;
            foreach (var batch in sampler.NextEpoch())
                counts[place++, batch.Source]++;
        }

        foreach (var (source, batches) in new[] { (0, 5), (1, 2), (2, 9) })
        {
            var atPlaces = Enumerable.Range(0, 16).Select(place => counts[place, source]).ToArray();
            Assert.InRange(Drawn.ChiSquare(atPlaces, Enumerable.Repeat(2000.0 * batches / 16, 16)), 0.05, 2);
        }
    }

    [Fact]
    public void The_sources_own_states_stay_and_do_not_count()
    {
        var sources = Sources();
        sources[0].State = new SamplerState(7, 2);
        var sampler = new MixedBatches<Tensor>(sources, 1);
        Assert.Equal(Epoch(new MixedBatches<Tensor>(Sources(), 1)), Epoch(sampler));
        Assert.Equal(new SamplerState(7, 2), sources[0].State);
        Assert.Equal(new SamplerState(0, 0), sources[1].State);
    }

    [Fact]
    public void A_batch_is_disposed_by_its_source_and_none_is_left_behind()
    {
        using var scope = NewDisposeScope();
        var labels = arange(12, int64) % 3;
        var sampler = new MixedBatches<PairBatch>([new PairsFromLabels(labels, 4, 1), new PairsFromLabels(labels, 3, 2)], 1);
        var seen = new List<Tensor>();
        foreach (var (_, pairs) in sampler.NextEpoch())
        {
            Assert.All(seen, tensor => Assert.True(tensor.IsInvalid));
            seen.AddRange([pairs.Anchors, pairs.Positives]);
            Assert.False(pairs.Positives.IsInvalid);
        }

        Assert.Equal(14, seen.Count);
        Assert.All(seen, tensor => Assert.True(tensor.IsInvalid));
        Assert.Equal(2, scope.DisposablesCount); // labels and what they were made from
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        BadInput.Refused("There is no source", () => _ = new MixedBatches<Tensor>([], 1));
        BadInput.Refused("sources[1] is null", () => _ = new MixedBatches<Tensor>([new ShuffledBatches(5, 5, 1), null!], 1));
        BadInput.Refused("Proportional or RoundRobin", () => _ = new MixedBatches<Tensor>(Sources(), 1, (Mixing)5));
    }
}
