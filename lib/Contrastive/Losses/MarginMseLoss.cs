using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Margin-MSE (Hofstätter et al. 2020, "Improving Efficient Neural Ranking Models with Cross-Architecture Knowledge Distillation"). With
/// the student's score s and the teacher's score t of an anchor a with its positive p, the first candidate, and its negatives n, the others,
/// <code>ℓ(a, n) = ((s(a, p) − s(a, n)) − (t(a, p) − t(a, n)))²,    loss = mean of ℓ over all anchors and their negatives</code>
/// Only margins count, so the student may score in a range of its own, but it must take over the teacher's scale.
/// </summary>
/// <remarks>sentence-transformers' MarginMSELoss is the same: the mean over all N·H margins. Where the teacher's margins m(a, n) are
/// given and not its scores, pass 0 for the positive and −m(a, n) for each negative.</remarks>
/// <param name="normalize">Whether the score is the cosine, not the dot product. <value>The default is false, the paper's: a cosine cannot
/// reach margins above 2.</value></param>
public sealed class MarginMseLoss(bool normalize = false) : IDistillationLoss
{
    /// <inheritdoc/>
    public Tensor Compute(Tensor anchors, Tensor candidates, Tensor teacherScores)
    {
        CandidateScores.Check(anchors, candidates, teacherScores);
        Require.Finite(teacherScores);
        using var scope = NewDisposeScope();
        var student = Margins(CandidateScores.Of(anchors, candidates, normalize)); // [N, H]
        var teacher = Margins(Similarity.Upcast(teacherScores.detach())).to(student.dtype); // [N, H]
        return (student - teacher).square().mean().MoveToOuterDisposeScope();
    }

    // s(a, p) − s(a, n): [N, C] → [N, C − 1]
    private static Tensor Margins(Tensor scores) => scores.narrow(1, 0, 1) - scores.narrow(1, 1, scores.size(1) - 1);
}
