using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>
/// Precision and recall of pairs that are taken for the same where their score is high enough, at each score that occurs, the highest first;
/// pairs of equal scores come together. As scikit-learn's <c>average_precision_score</c>:
/// <code>AP = Σₙ (Rₙ − Rₙ₋₁) Pₙ</code>
/// </summary>
/// <param name="Precision">The share of the taken that are true.</param>
/// <param name="Recall">The share of the true that are taken; the last is 1.</param>
/// <param name="AveragePrecision">AP. Guessing has about the share of the true.</param>
public sealed record PrecisionRecallCurve(IReadOnlyList<double> Precision, IReadOnlyList<double> Recall, double AveragePrecision)
{
    /// <summary>The curve of some pairs.</summary>
    /// <param name="scores">How alike each pair is, float <c>[P]</c>.</param>
    /// <param name="isTrue">Which pairs are the same, bool <c>[P]</c>; at least one is.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, a score is not finite, or no pair is true.</exception>
    public static PrecisionRecallCurve Of(Tensor scores, Tensor isTrue)
    {
        Require.Shape(scores, "float [P]", "one score for each pair");
        Require.Finite(scores);
        Require.Shape(isTrue, Require.Sized("Bool", scores.size(0)), "one for each score");
        using var scope = NewDisposeScope();
        var (values, truths) = (scores.detach().cpu().to(float64).data<double>().ToArray(), isTrue.cpu().data<bool>().ToArray());
        var all = truths.Count(isSame => isSame);
        if (all == 0)
            throw new ArgumentException("isTrue holds no true pair; recall has no meaning without one.", nameof(isTrue));
        var (precision, recall, average, taken, found) = (new List<double>(), new List<double>(), 0.0, 0, 0);
        foreach (var group in values.Zip(truths).GroupBy(pair => pair.First, pair => pair.Second).OrderByDescending(group => group.Key))
        {
            var more = group.Count(isSame => isSame);
            (taken, found) = (taken + group.Count(), found + more);
            precision.Add((double)found / taken);
            recall.Add((double)found / all);
            average += (double)more / all * precision[^1];
        }

        return new PrecisionRecallCurve(precision, recall, average);
    }
}
