using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>A loss that teaches an encoder (the student) the scores that a slower model (the teacher), such as a cross-encoder, gave to
/// the candidates of each anchor. A candidate is a negative of no other anchor: the teacher has not scored that pair.</summary>
public interface IDistillationLoss
{
    /// <summary>The loss of one batch.</summary>
    /// <param name="anchors">Embeddings <c>[N, D]</c>, float.</param>
    /// <param name="candidates">Embeddings <c>[N, C, D]</c>: at least two for each anchor; for a loss of margins its positive first.</param>
    /// <param name="teacherScores">The teacher's score of each candidate <c>[N, C]</c>, float.</param>
    /// <returns>A scalar, attached to the autograd graph of the embeddings; nothing flows into the scores.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, an anchor has fewer than two candidates, or a value is not finite.</exception>
    Tensor Compute(Tensor anchors, Tensor candidates, Tensor teacherScores);
}
