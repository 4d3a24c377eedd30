using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>The scores of each anchor's own candidates, and what the losses of distillation require of their input.</summary>
internal static class CandidateScores
{
    /// <summary>a·c of each anchor with its candidates, the cosine if normalized: <c>[N, C]</c>.</summary>
    public static Tensor Of(Tensor anchors, Tensor candidates, bool normalize)
    {
        var a = Similarity.Prepare(anchors, normalize).unsqueeze(2); // [N, D, 1]
        return Similarity.Prepare(candidates, normalize).bmm(a).squeeze(2); // [N, C]
    }

    public static void Check(Tensor anchors, Tensor candidates, Tensor teacherScores)
    {
        Require.Matrix(anchors);
        Require.Shape(candidates, $"float [{anchors.size(0)}, C, {anchors.size(1)}]", "C for each anchor");
        if (candidates.size(1) < 2)
            throw new ArgumentException(
                $"candidates is {TensorText.Describe(candidates)}; expected at least two for each anchor: the teacher's scores are compared with each other.", nameof(candidates));
        Require.Finite(candidates);
        Require.Alike(anchors, candidates);
        Require.Shape(teacherScores, Require.Sized("float", anchors.size(0), candidates.size(1)), "one for each candidate");
        Require.Beside(teacherScores, anchors);
    }
}
