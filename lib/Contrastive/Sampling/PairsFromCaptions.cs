using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>
/// Positive pairs of two kinds of things, such as images and their captions: each epoch every image occurs once, in a new order, with one
/// of its captions drawn uniformly. <see cref="PairBatch.Anchors"/> are images, <see cref="PairBatch.Positives"/> captions. (Captions of
/// one image as each other's positives are <see cref="PairsFromLabels"/>, with the image as label.)
/// </summary>
public sealed class PairsFromCaptions : BatchSampler<PairBatch>
{
    private readonly LabelGroups _groups;
    private readonly int _batchSize;

    /// <summary>Prepares batches of pairs; a smaller last batch is dropped.</summary>
    /// <param name="imageOfCaption">The image that each caption belongs to, int64 <c>[captions]</c>. Images without captions are left
    /// out.</param>
    /// <param name="batchSize">Pairs in a batch; at most the number of images with captions.</param>
    /// <param name="seed">The same seed gives the same batches.</param>
    /// <exception cref="ArgumentException">The batch size is not above zero or exceeds the number of images.</exception>
    public PairsFromCaptions(Tensor imageOfCaption, int batchSize, long seed)
        : this(new LabelGroups(imageOfCaption), batchSize, seed)
    {
    }

    private PairsFromCaptions(LabelGroups groups, int batchSize, long seed)
        : base(Batches(groups.Count, batchSize, dropLast: true, "images with captions"), seed) => (_groups, _batchSize) = (groups, batchSize);

    /// <inheritdoc/>
    protected internal override Func<int, PairBatch> Plan(int epoch)
    {
        var random = RandomFor(epoch);
        var order = Enumerable.Range(0, _groups.Count).ToArray();
        random.Shuffle(order);
        var images = Array.ConvertAll(order, group => _groups.Labels[group]);
        var captions = Array.ConvertAll(order, group => _groups.Members[_groups.Starts[group] + random.Next(_groups.SizeOf(group))]);
        return position => new PairBatch(
            Indices(images.AsSpan(position * _batchSize, _batchSize)), Indices(captions.AsSpan(position * _batchSize, _batchSize)));
    }
}
