using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class MarginMseLossTests
{
    /// <summary>Candidates [C][N][D], the positives first; the teacher's scores [N][C].</summary>
    private static double Oracle(double[][] anchors, double[][][] candidates, double[][] teacher, bool normalize)
    {
        double Score(double[] a, double[] b) => normalize ? Loops.Cosine(a, b) : Loops.Dot(a, b);
        var (total, count) = (0.0, 0);
        for (var i = 0; i < anchors.Length; i++)
        {
            for (var c = 1; c < candidates.Length; c++)
            {
                var student = Score(anchors[i], candidates[0][i]) - Score(anchors[i], candidates[c][i]);
                var margin = teacher[i][0] - teacher[i][c];
                total += (student - margin) * (student - margin);
                count++;
            }
        }

        return total / count;
    }

    [Theory]
    [MemberData(nameof(Cases.TwoViews), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] anchors, double[][] positives)
    {
        foreach (var (negatives, normalize) in new[] { (1, false), (3, false), (3, true) })
        {
            double[][][] candidates = [positives, .. Enumerable.Range(0, negatives).Select(h => Cases.Random(anchors.Length, anchors[0].Length, 50 + h))];
            var teacher = Cases.Random(anchors.Length, candidates.Length, 60, scale: 5);
            Agreement.Check(
                $"{name}, {negatives} negatives, normalize {normalize}",
                leaves => new MarginMseLoss(normalize).Compute(leaves[0], stack(leaves[1..], dim: 1), Agreement.Leaf(teacher)),
                () => Oracle(anchors, candidates, teacher, normalize),
                [anchors, .. candidates]);
        }
    }

    [Fact]
    public void Takes_margins_as_scores_of_zero_and_of_their_negation()
    {
        using var scope = NewDisposeScope();
        var (anchors, candidates) = (randn(5, 4), randn(5, 3, 4));
        var scores = randn(5, 3) * 4;
        var margins = scores.narrow(1, 0, 1) - scores.narrow(1, 1, 2); // [5, 2]
        var loss = new MarginMseLoss();
        Assert.Equal(
            loss.Compute(anchors, candidates, scores).item<float>(), loss.Compute(anchors, candidates, cat([zeros(5, 1), -margins], dim: 1)).item<float>(), 1e-4);
    }

    [Fact]
    public void Refuses_a_score_that_gives_no_margin()
    {
        using var scope = NewDisposeScope();
        var scores = zeros(4, 2);
        scores[0, 1] = float.NegativeInfinity;
        BadInput.Refused("teacherScores holds NaN or infinite", () => new MarginMseLoss().Compute(ones(4, 3), ones(4, 2, 3), scores));
    }
}
