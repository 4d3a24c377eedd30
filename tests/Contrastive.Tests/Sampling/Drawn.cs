using Contrastive.Sampling;
using static TorchSharp.torch;

namespace Contrastive.Tests.Sampling;

/// <summary>Batches as arrays, which outlive the sampler's tensors.</summary>
internal static class Drawn
{
    public static long[][] Epoch(BatchSampler<Tensor> sampler) => [.. sampler.NextEpoch().Select(batch => batch.data<long>().ToArray())];

    public static (long Anchor, long Positive)[][] Epoch(BatchSampler<PairBatch> sampler) =>
        [.. sampler.NextEpoch().Select(batch => batch.Anchors.data<long>().ToArray().Zip(batch.Positives.data<long>().ToArray()).ToArray())];

    /// <summary>Pearson's χ² of counts against expected ones, divided by its degrees of freedom: near 1 if they agree.</summary>
    public static double ChiSquare(IEnumerable<double> counts, IEnumerable<double> expected)
    {
        var terms = counts.Zip(expected, (count, mean) => (count - mean) * (count - mean) / mean).ToArray();
        return terms.Sum() / (terms.Length - 1);
    }
}
