using Contrastive.Torch;

namespace Contrastive.Sampling;

/// <summary>Batches of sequences of similar length, so that little of a padded batch is padding.</summary>
public static class LengthBuckets
{
    /// <summary>All sequences from the longest to the shortest, cut into batches: for encoding a corpus.</summary>
    /// <param name="lengths">The length of each sequence.</param>
    /// <param name="batchSize">Sequences in a batch; the last batch may be smaller.</param>
    /// <returns>For each batch the indices of its sequences.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    public static IReadOnlyList<int[]> Sorted(IReadOnlyList<int> lengths, int batchSize)
    {
        Require.AtLeast(batchSize, 1);
        return [.. Enumerable.Range(0, lengths.Count).OrderByDescending(i => lengths[i]).Chunk(batchSize)];
    }

    /// <summary>
    /// Random batches for training: the shuffled sequences are sorted by length within pools of some batches each, and the batches
    /// come in random order. A last batch that is too small is left out, because contrastive losses depend on the batch size.
    /// </summary>
    /// <param name="lengths">The length of each sequence.</param>
    /// <param name="batchSize">Sequences in a batch.</param>
    /// <param name="seed">The seed of the shuffle; another one for each epoch.</param>
    /// <param name="poolBatches">Batches in a pool; 1 sorts nothing, more saves padding and makes batches less random. The default is 32.</param>
    /// <returns>For each batch the indices of its sequences.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="ArgumentException">There are fewer sequences than a batch holds.</exception>
    public static IReadOnlyList<int[]> Shuffled(IReadOnlyList<int> lengths, int batchSize, long seed, int poolBatches = 32)
    {
        Require.AtLeast(batchSize, 1);
        Require.AtLeast(poolBatches, 1);
        if (lengths.Count < batchSize)
            throw new ArgumentException($"{lengths.Count} sequences do not fill one batch of {batchSize}; use a smaller batchSize.", nameof(batchSize));
        var random = EpochRandom.Create(seed, 0);
        var order = Enumerable.Range(0, lengths.Count).ToArray();
        random.Shuffle(order);
        int[][] batches = [.. order.Chunk(batchSize * poolBatches)
            .SelectMany(pool => pool.Take(pool.Length / batchSize * batchSize).OrderBy(i => lengths[i]).Chunk(batchSize))];
        random.Shuffle(batches);
        return batches;
    }
}
