using Contrastive.Torch;

namespace Contrastive.Evaluation;

/// <summary>How <see cref="PairedTest"/> draws; equal settings give equal results.</summary>
public sealed record Resampling
{
    /// <summary>How many random ways of swapping scores the randomization test tries; with count of them at least as extreme as the observed
    /// difference, p = (count + 1) / (samples + 1). Where there are no more ways than this (2 to the number of queries on which the systems
    /// differ), all are tried and p is exact. <value>The default is 100,000.</value></summary>
    public int Samples { get; init => field = Require.AtLeast(value, 1, name: nameof(Samples)); } = 100_000;

    /// <summary>How many resamples the bootstrap interval takes. <value>The default is 10,000.</value></summary>
    public int Resamples { get; init => field = Require.AtLeast(value, 1, name: nameof(Resamples)); } = 10_000;

    /// <summary>The confidence of the bootstrap interval, in (0, 1). <value>The default is 0.95.</value></summary>
    public double Confidence
    {
        get;
        init => field = value is > 0 and < 1 ? value : throw Require.OutOfRange(nameof(Confidence), value, "a number in (0, 1)");
    } = 0.95;

    /// <summary>The seed of both. <value>The default is 0.</value></summary>
    public long Seed { get; init; }
}
