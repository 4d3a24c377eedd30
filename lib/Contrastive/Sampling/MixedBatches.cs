using Contrastive.Torch;

namespace Contrastive.Sampling;

/// <summary>
/// Batches of several data sets in turn, each batch from one of them: questions and answers, then titles and abstracts. In-batch negatives
/// then come from the anchor's own data set, where they are hard; those of another are told apart by their topic or style.
/// </summary>
/// <remarks>The sources are only asked what their epochs hold: their own <see cref="BatchSampler{TBatch}.State"/> is neither read nor
/// moved, and this sampler's <see cref="BatchSampler{TBatch}.State"/> is all that a checkpoint needs.</remarks>
/// <typeparam name="TBatch">What one batch of a source is: indices, or pairs of them.</typeparam>
public sealed class MixedBatches<TBatch> : BatchSampler<SourceBatch<TBatch>>
{
    private readonly BatchSampler<TBatch>[] _sources;
    private readonly Mixing _mixing;

    /// <summary>Prepares batches; epoch e draws from epoch e of each source.</summary>
    /// <param name="sources">A sampler for each data set. Give each a seed of its own.</param>
    /// <param name="seed">The same seed gives the same order of sources.</param>
    /// <param name="mixing">Whose turn it is. <value>The default is <see cref="Mixing.Proportional"/>.</value></param>
    /// <exception cref="ArgumentException">There is no source, one is null, or one has no batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The mixing is not a defined value.</exception>
    public MixedBatches(IReadOnlyList<BatchSampler<TBatch>> sources, long seed, Mixing mixing = Mixing.Proportional)
        : base(Count(sources, mixing), seed) => (_sources, _mixing) = ([.. sources], mixing);

    /// <inheritdoc/>
    protected internal override Func<int, SourceBatch<TBatch>> Plan(int epoch)
    {
        var plans = Array.ConvertAll(_sources, source => source.Plan(epoch));
        var turns = _mixing == Mixing.RoundRobin
            ? [.. Enumerable.Range(0, BatchesPerEpoch).Select(position => position % _sources.Length)]
            : Shuffled(epoch); // [batches], a source each
        var places = new int[turns.Length]; // which of its source's batches each is
        var dealt = new int[_sources.Length];
        for (var position = 0; position < turns.Length; position++)
            places[position] = dealt[turns[position]]++;
        return position => new SourceBatch<TBatch>(turns[position], plans[turns[position]](places[position]));
    }

    /// <inheritdoc/>
    protected internal override void Release(SourceBatch<TBatch> batch) => _sources[batch.Source].Release(batch.Batch);

    private int[] Shuffled(int epoch)
    {
        int[] turns = [.. _sources.SelectMany((source, index) => Enumerable.Repeat(index, source.BatchesPerEpoch))];
        RandomFor(epoch).Shuffle(turns);
        return turns;
    }

    private static int Count(IReadOnlyList<BatchSampler<TBatch>> sources, Mixing mixing)
    {
        ArgumentNullException.ThrowIfNull(sources);
        Require.Defined(mixing);
        if (sources.Count == 0)
            throw new ArgumentException("There is no source; give a sampler for each data set.", nameof(sources));
        for (var index = 0; index < sources.Count; index++)
        {
            if (sources[index] is null || sources[index].BatchesPerEpoch < 1)
                throw new ArgumentException($"sources[{index}] is {(sources[index] is null ? "null" : "without a batch")}; expected a sampler with at least one batch an epoch.", nameof(sources));
        }

        return mixing == Mixing.RoundRobin
            ? checked(sources.Min(source => source.BatchesPerEpoch) * sources.Count)
            : sources.Sum(source => source.BatchesPerEpoch);
    }
}

/// <summary>Whose turn it is among several data sets.</summary>
public enum Mixing
{
    /// <summary>Each batch of each source once, in random order: a data set counts by its size.</summary>
    Proportional,

    /// <summary>One batch of each source in turn, until the shortest is used up: all data sets count alike, and what is left of the longer
    /// ones differs from epoch to epoch.</summary>
    RoundRobin,
}

/// <summary>A batch of one of several data sets.</summary>
/// <param name="Source">The place of its sampler among the sources, from 0.</param>
/// <param name="Batch">The batch, as that sampler gives it.</param>
public readonly record struct SourceBatch<TBatch>(int Source, TBatch Batch);
