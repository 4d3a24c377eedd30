using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>The checks and the exponent that all choices among candidate negatives share.</summary>
internal static class Candidates
{
    /// <summary>β · s in float64 <c>[N, M]</c>, −∞ where excluded.</summary>
    public static Tensor Logits(Tensor similarities, double beta, Tensor? exclude, int atLeast = 1)
    {
        CheckSimilarities(similarities);
        Require.NotNegative(beta);
        using var scope = NewDisposeScope();
        var logits = similarities.detach().to(float64) * beta;
        if (exclude is not null)
        {
            Require.Shape(exclude, Require.Sized("Bool", similarities.shape), "as the similarities");
            logits = logits.masked_fill(exclude, double.NegativeInfinity);
        }

        CheckEnough(exclude, similarities, atLeast);
        return logits.MoveToOuterDisposeScope();
    }

    public static void CheckSimilarities(Tensor similarities)
    {
        Require.Shape(similarities, "float [N, M]", "anchors by candidates");
        if (!Require.IsFinite(similarities))
            throw new ArgumentException("A similarity is NaN or infinite; pass excluded candidates in the mask.", nameof(similarities));
    }

    private static void CheckEnough(Tensor? exclude, Tensor similarities, int atLeast)
    {
        Require.AtLeast(atLeast, 1, "draw at least one candidate", "count");
        using var scope = NewDisposeScope();
        var fewest = exclude is null ? similarities.size(1) : exclude.logical_not().sum(dim: 1).min().item<long>();
        if (fewest < atLeast)
            throw new ArgumentException($"An anchor has {fewest} candidate(s) that are not excluded, fewer than the {atLeast} to draw.", nameof(exclude));
    }
}
