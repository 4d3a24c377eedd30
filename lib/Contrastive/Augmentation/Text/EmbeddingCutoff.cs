using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>Zeroes some tokens, some features or a span of embedded tokens (Shen et al. 2020; used by ConSERT, Yan et al. 2021). Unlike
/// dropout it removes whole rows or columns and does not rescale the rest.</summary>
/// <param name="cutoff">What to remove.</param>
/// <param name="fraction">The share to remove, in [0, 1], rounded to whole tokens or features of each text; one always stays.
/// <value>The default is 0.15, ConSERT's for tokens.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The fraction is not in [0, 1], or the cutoff is not a defined value.</exception>
public sealed class EmbeddingCutoff(Cutoff cutoff, double fraction = 0.15)
{
    private readonly double _fraction = Require.Probability(fraction);
    private readonly Cutoff _cutoff = Require.Defined(cutoff);

    /// <summary>One view of a batch.</summary>
    /// <param name="embeddings">Float <c>[B, L, D]</c>; gradients flow through what stays.</param>
    /// <param name="generator">The source of randomness; one on the CPU works for any device.</param>
    /// <param name="mask"><c>[B, L]</c>, non-zero where there is a token, zero where there is padding; all are tokens by default.</param>
    /// <returns><c>[B, L, D]</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor Apply(Tensor embeddings, Generator generator, Tensor? mask = null)
    {
        Require.Shape(embeddings, "float [B, L, D]", "texts by tokens by features", mayBeEmpty: true);
        ArgumentNullException.ThrowIfNull(generator);
        if (mask is not null)
            Require.Shape(mask, $"[{embeddings.size(0)}, {embeddings.size(1)}]", "one entry for each token");
        using var scope = NewDisposeScope();
        var (texts, length, features) = (embeddings.size(0), embeddings.size(1), embeddings.size(2));
        var tokens = mask is null ? ones([texts, length], ScalarType.Bool, embeddings.device) : mask.to(embeddings.device) != 0; // [B, L]
        var cut = _cutoff switch
        {
            Cutoff.Feature => Drawn(ones([texts, features], ScalarType.Bool, embeddings.device), generator).unsqueeze(1), // [B, 1, D]
            Cutoff.Token => Drawn(tokens, generator).unsqueeze(2), // [B, L, 1]
            _ => Span(tokens, generator).unsqueeze(2), // [B, L, 1]
        };
        return (embeddings * cut.logical_not().to(embeddings.dtype)).MoveToOuterDisposeScope();
    }

    /// <summary>How many of each row's candidates to cut, <c>[B, 1]</c>: the fraction, rounded, but never all.</summary>
    private Tensor Counts(Tensor candidates)
    {
        var all = candidates.sum(1, keepdim: true).to(float64); // [B, 1]
        return minimum((all * _fraction).add_(0.5).floor_(), all - 1).clamp_min_(0);
    }

    /// <summary>That many of each row's candidates, drawn uniformly: those with the smallest noise. <c>[B, n]</c>.</summary>
    private Tensor Drawn(Tensor candidates, Generator generator)
    {
        var noise = rand(candidates.shape, float64, generator.device, generator: generator).to(candidates.device).masked_fill_(candidates.logical_not(), 2);
        return noise.argsort(1).argsort(1) < Counts(candidates);
    }

    /// <summary>A contiguous span of each row's candidates at a position drawn uniformly, <c>[B, L]</c>.</summary>
    private Tensor Span(Tensor candidates, Generator generator)
    {
        var counts = Counts(candidates); // [B, 1]
        var places = candidates.sum(1, keepdim: true) - counts + 1;
        var start = (rand(counts.shape, float64, generator.device, generator: generator).to(candidates.device) * places).floor_(); // [B, 1]
        var position = candidates.to(int64).cumsum(1) - 1; // [B, L]
        return (position >= start).logical_and_(position < start + counts).logical_and_(candidates);
    }
}

/// <summary>What a cutoff removes from the embedded tokens of a text.</summary>
public enum Cutoff
{
    /// <summary>Tokens drawn uniformly.</summary>
    Token,

    /// <summary>Features drawn uniformly, the same ones in all tokens of a text.</summary>
    Feature,

    /// <summary>One span of consecutive tokens.</summary>
    Span,
}
