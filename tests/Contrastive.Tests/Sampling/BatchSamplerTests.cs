using Contrastive.Sampling;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Sampling;

/// <summary>What all samplers promise: determinism, and resuming after an interruption as if there had been none.</summary>
public sealed class BatchSamplerTests
{
    public static TheoryData<string> Samplers => ["shuffled", "balanced", "labels", "captions", "weighted", "mixed", "round robin", "distinct"];

    private static Func<long[][]> Make(string kind, long seed, out Func<SamplerState> get, out Action<SamplerState> set, out Func<int, long[][]> some)
    {
        using var labels = arange(60, int64) % 5;
        return kind switch
        {
            "shuffled" => Wrap(new ShuffledBatches(50, 8, seed), batch => batch.data<long>().ToArray(), out get, out set, out some),
            "balanced" => Wrap(new BalancedBatches(labels, 3, 4, seed), batch => batch.data<long>().ToArray(), out get, out set, out some),
            "labels" => Wrap(new PairsFromLabels(labels, 8, seed), Flat, out get, out set, out some),
            "captions" => Wrap(new PairsFromCaptions(labels * 7, 2, seed), Flat, out get, out set, out some),
            "mixed" => Wrap(Mixed(seed, Mixing.Proportional), Flat, out get, out set, out some),
            "round robin" => Wrap(Mixed(seed, Mixing.RoundRobin), Flat, out get, out set, out some),
            "distinct" => Wrap(new DistinctBatches(labels, 4, seed), batch => batch.data<long>().ToArray(), out get, out set, out some),
            _ => Wrap(new PairBatches(new WeightedPairs(Enumerable.Range(0, 30).Select(i => (i, i + 1, 1.0 + i))), 7, seed), Flat, out get, out set, out some),
        };
    }

    private static long[] Flat(PairBatch batch) => [.. batch.Anchors.data<long>().ToArray(), .. batch.Positives.data<long>().ToArray()];

    private static long[] Flat(SourceBatch<Tensor> batch) => [batch.Source, .. batch.Batch.data<long>().ToArray()];

    private static MixedBatches<Tensor> Mixed(long seed, Mixing mixing) => new([new ShuffledBatches(20, 4, seed), new ShuffledBatches(9, 3, seed + 9)], seed, mixing);

    private static Func<long[][]> Wrap<T>(
        BatchSampler<T> sampler, Func<T, long[]> flat, out Func<SamplerState> get, out Action<SamplerState> set, out Func<int, long[][]> some)
    {
        get = () => sampler.State;
        set = state => sampler.State = state;
        some = count => [.. sampler.NextEpoch().Take(count).Select(flat)];
        return () => [.. sampler.NextEpoch().Select(flat)];
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void The_same_seed_gives_the_same_epochs_and_another_seed_others(string kind)
    {
        var first = Make(kind, 1, out _, out _, out _);
        var second = Make(kind, 1, out _, out _, out _);
        var other = Make(kind, 2, out _, out _, out _);
        var (epoch0, epoch1) = (first(), first());
        Assert.Equal(epoch0, second());
        Assert.Equal(epoch1, second());
        Assert.NotEqual(epoch0, epoch1);
        Assert.NotEqual(epoch0, other());
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Resuming_midway_gives_the_rest_of_the_epoch_and_then_the_same_epochs(string kind)
    {
        var whole = Make(kind, 1, out _, out _, out _);
        long[][] expected = [.. whole(), .. whole(), .. whole()];
        var perEpoch = expected.Length / 3;

        var interrupted = Make(kind, 1, out var get, out _, out var some);
        long[][] before = [.. interrupted(), .. some(perEpoch - 1)];
        Assert.Equal(new SamplerState(1, perEpoch - 1), get());

        var resumed = Make(kind, 1, out _, out var set, out _);
        set(get());
        Assert.Equal(expected, [.. before, .. resumed(), .. resumed()]);
        // and the interrupted sampler itself continues too
        Assert.Equal(expected, [.. before, .. interrupted(), .. interrupted()]);
    }

    [Fact]
    public void The_state_after_a_step_is_the_one_from_which_the_next_step_follows()
    {
        var sampler = new ShuffledBatches(30, 10, 1);
        var states = sampler.NextEpoch().Select(_ => sampler.State).ToArray();
        Assert.Equal([new(0, 1), new(0, 2), new(0, 3)], states);
        Assert.Equal(new SamplerState(1, 0), sampler.State);
        sampler.State = new SamplerState(0, 3); // saved after the last step of an epoch
        Assert.Empty(Drawn.Epoch(sampler));
        Assert.Equal(new SamplerState(1, 0), sampler.State);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)] // at the end of an epoch
    [InlineData(7)]
    public void Steps_go_through_epochs_and_go_on_from_any_step(int from)
    {
        var whole = new ShuffledBatches(30, 10, 1);
        var all = whole.Steps(0, 8).Select(entry => (entry.Step, Batch: entry.Batch.data<long>().ToArray())).ToArray();
        var epochs = new ShuffledBatches(30, 10, 1);
        Assert.Equal(Enumerable.Range(0, 8), all.Select(entry => entry.Step));
        Assert.Equal([.. Drawn.Epoch(epochs), .. Drawn.Epoch(epochs), .. Drawn.Epoch(epochs).Take(2)], all.Select(entry => entry.Batch));

        var before = new ShuffledBatches(30, 10, 1);
        Assert.Equal(from, before.Steps(0, from).Count());
        var resumed = new ShuffledBatches(30, 10, 1) { State = before.State };
        Assert.Equal(all.Skip(from).Select(entry => entry.Batch), resumed.Steps(from, 8).Select(entry => entry.Batch.data<long>().ToArray()));
        BadInput.Refused("from is -1", () => before.Steps(-1, 8));
        Assert.Empty(before.Steps(8, 8));
    }

    [Fact]
    public void A_batch_is_disposed_when_the_next_is_asked_for_and_none_is_left_behind()
    {
        var sampler = new ShuffledBatches(30, 10, 1);
        using var scope = NewDisposeScope();
        Tensor? previous = null;
        foreach (var batch in sampler.NextEpoch())
        {
            Assert.True(previous is null || previous.IsInvalid);
            Assert.False(batch.IsInvalid);
            previous = batch;
        }

        Assert.True(previous!.IsInvalid);
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void Tensors_of_a_tuple_are_disposed_as_well()
    {
        var sampler = new WithWeights(batchesPerEpoch: 3, seed: 1);
        var batches = sampler.NextEpoch().ToArray();
        Assert.All(batches, batch => Assert.True(batch.Indices.IsInvalid && batch.Weights.IsInvalid));
        Assert.Equal([0, 1, 2], batches.Select(batch => batch.Position));
        BadInput.Refused("batchesPerEpoch is 0", () => _ = new WithWeights(batchesPerEpoch: 0, seed: 1));
    }

    [Fact]
    public void A_state_of_another_set_up_is_refused()
    {
        var sampler = new ShuffledBatches(30, 10, 1);
        BadInput.Refused("position from 0 to 3", () => sampler.State = new SamplerState(0, 4));
        BadInput.Refused("epoch from 0", () => sampler.State = new SamplerState(-1, 0));
    }

    private sealed class WithWeights(int batchesPerEpoch, long seed)
        : BatchSampler<(int Position, Tensor Indices, Tensor Weights)>(batchesPerEpoch, seed)
    {
        protected internal override Func<int, (int Position, Tensor Indices, Tensor Weights)> Plan(int epoch) =>
            position => (position, Indices([position]), ones(1).DetachFromDisposeScope());
    }
}
