using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Distillation of a ranking (Hinton et al. 2015, "Distilling the Knowledge in a Neural Network", section 2, with an anchor's candidates
/// as the classes; Lin et al. 2020, "Distilling Dense Representations for Ranking using Tightly-Coupled Teachers"). With the student's
/// scores s and the teacher's scores t of an anchor's candidates,
/// <code>p = softmax(t / τ),  q = softmax(s / τ),  ℓ = τ² · Σ_c p_c (log p_c − log q_c),    loss = mean of ℓ over the anchors</code>
/// Only differences of scores count, and large ones more than small ones. The factor τ² keeps the size of the gradient when τ changes. At
/// −∞ in the teacher's scores p_c is 0: the student learns to score that candidate low.
/// </summary>
/// <remarks>sentence-transformers' DistillKLDivLoss is the same, with the same default. The loss is zero exactly when the student's scores
/// are the teacher's up to a constant for each anchor.</remarks>
/// <param name="temperature">τ, above zero. <value>The default is 1.</value></param>
/// <param name="normalize">Whether the score is the cosine, not the dot product. <value>The default is false. One
/// temperature divides both scores: with cosines, bring the teacher's to a like range first.</value></param>
/// <exception cref="ArgumentOutOfRangeException">The temperature is not above zero.</exception>
public sealed class KlDistillationLoss(double temperature = 1, bool normalize = false) : IDistillationLoss
{
    private readonly double _temperature = Require.Positive(temperature);

    /// <inheritdoc/>
    public Tensor Compute(Tensor anchors, Tensor candidates, Tensor teacherScores)
    {
        CandidateScores.Check(anchors, candidates, teacherScores);
        using var scope = NewDisposeScope();
        var ruledOut = teacherScores.isneginf(); // [N, C]
        Require.Finite(teacherScores.masked_fill(ruledOut, 0), nameof(teacherScores));
        if (ruledOut.all(dim: 1).any().item<bool>())
            throw new ArgumentException("teacherScores has a row of nothing but −∞; expected at least one candidate that the teacher does not rule out.", nameof(teacherScores));

        // In float64, as a sum of terms of either sign: it would lose most digits of a loss near zero.
        var scores = CandidateScores.Of(anchors, candidates, normalize);
        var student = (scores.to(float64) / _temperature).log_softmax(1); // log q: [N, C]
        var teacher = (teacherScores.detach().to(float64) / _temperature).log_softmax(1); // log p
        var terms = teacher.exp() * (teacher - student).masked_fill(ruledOut, 0); // [N, C]
        return (terms.sum(dim: 1).mean() * (_temperature * _temperature)).to(scores.dtype).MoveToOuterDisposeScope();
    }
}
