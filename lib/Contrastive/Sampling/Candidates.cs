using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>The checks and the exponent that all choices among candidate negatives share.</summary>
internal static class Candidates
{
    /// <summary>β · s in float64 <c>[N, M]</c>, −∞ where excluded.</summary>
    public static Tensor Logits(Tensor similarities, double beta, Tensor? exclude, int atLeast = 1)
    {
        CheckSimilarities(similarities);
        if (!(beta >= 0) || !double.IsFinite(beta))
            throw new ArgumentOutOfRangeException(nameof(beta), beta, $"Beta is {beta}; it must be a finite number, zero or above.");
        using var scope = NewDisposeScope();
        var logits = similarities.detach().to(float64) * beta;
        if (exclude is not null)
        {
            CheckMask(exclude, similarities);
            logits = logits.masked_fill(exclude, double.NegativeInfinity);
        }

        CheckEnough(exclude, similarities, atLeast);
        return logits.MoveToOuterDisposeScope();
    }

    public static void CheckSimilarities(Tensor similarities)
    {
        ArgumentNullException.ThrowIfNull(similarities);
        if (similarities.dim() != 2 || !similarities.is_floating_point() || similarities.numel() == 0)
            throw new ArgumentException(
                $"Similarities are {similarities.dtype} [{string.Join(", ", similarities.shape)}]; expected float [N, M], anchors by candidates.", nameof(similarities));
        using var scope = NewDisposeScope();
        if (!double.IsFinite(similarities.detach().sum(ScalarType.Float64).item<double>()))
            throw new ArgumentException("A similarity is NaN or infinite; pass excluded candidates by the mask.", nameof(similarities));
    }

    private static void CheckMask(Tensor exclude, Tensor similarities)
    {
        if (exclude.dtype != ScalarType.Bool || !exclude.shape.SequenceEqual(similarities.shape))
            throw new ArgumentException(
                $"The mask is {exclude.dtype} [{string.Join(", ", exclude.shape)}]; expected Bool [{string.Join(", ", similarities.shape)}], as the similarities.", nameof(exclude));
    }

    private static void CheckEnough(Tensor? exclude, Tensor similarities, int atLeast)
    {
        if (atLeast < 1)
            throw new ArgumentOutOfRangeException(nameof(atLeast), atLeast, $"The count is {atLeast}; draw at least one candidate.");
        using var scope = NewDisposeScope();
        var fewest = exclude is null ? similarities.size(1) : exclude.logical_not().sum(dim: 1).min().item<long>();
        if (fewest < atLeast)
            throw new ArgumentException($"An anchor has {fewest} candidate(s) that are not excluded, fewer than the {atLeast} to draw.", nameof(exclude));
    }
}
