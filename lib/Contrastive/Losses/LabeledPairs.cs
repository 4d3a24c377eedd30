using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>Each anchor of a labeled batch with each candidate: the rows of the same batch, or references. Positive are pairs of one
/// label, except a row with itself.</summary>
/// <param name="Anchors">float <c>[N, D]</c></param>
/// <param name="Candidates">float <c>[M, D]</c>; the anchors themselves within a batch.</param>
/// <param name="Positive">bool <c>[N, M]</c></param>
/// <param name="Negative">bool <c>[N, M]</c></param>
internal sealed record LabeledPairs(Tensor Anchors, Tensor Candidates, Tensor Positive, Tensor Negative)
{
    /// <summary>All pairs but those of a row with itself <c>[N, M]</c>.</summary>
    public Tensor Any => Positive.logical_or(Negative);

    /// <summary>The rows of a batch among themselves, checked and prepared.</summary>
    public static LabeledPairs Within(Tensor embeddings, Tensor labels, bool normalize)
    {
        Require.Matrix(embeddings, atLeast: 2);
        LossInput.Labels(labels, embeddings);
        var rows = Similarity.Prepare(embeddings, normalize);
        var same = Same(labels, labels);
        var self = eye(labels.size(0), dtype: @bool, device: labels.device);
        return new LabeledPairs(rows, rows, same.logical_and(self.logical_not()), same.logical_not());
    }

    /// <summary>The rows of a batch with references, checked and prepared.</summary>
    public static LabeledPairs Against(Tensor embeddings, Tensor labels, Tensor references, Tensor referenceLabels, bool normalize)
    {
        Require.Matrix(embeddings);
        Require.Ids(labels, embeddings);
        LossInput.References(references, referenceLabels, embeddings);
        var same = Same(labels, referenceLabels);
        return new LabeledPairs(Similarity.Prepare(embeddings, normalize), Similarity.Prepare(references, normalize), same, same.logical_not());
    }

    /// <summary>A loss within a batch.</summary>
    public static Tensor Compute(Func<LabeledPairs, Tensor> loss, Tensor embeddings, Tensor labels, bool normalize)
    {
        using var scope = NewDisposeScope();
        return loss(Within(embeddings, labels, normalize)).MoveToOuterDisposeScope();
    }

    /// <summary>A loss against references; zero, with a gradient of zero, if there are none.</summary>
    public static Tensor Compute(
        Func<LabeledPairs, Tensor> loss, Tensor embeddings, Tensor labels, Tensor references, Tensor referenceLabels, bool normalize)
    {
        using var scope = NewDisposeScope();
        var pairs = Against(embeddings, labels, references, referenceLabels, normalize);
        return (references.size(0) > 0 ? loss(pairs) : (pairs.Anchors * 0).sum()).MoveToOuterDisposeScope();
    }

    /// <summary>Logarithm of the sum of exp, along a dimension, over the entries that are in the mask; −∞ where there is none.</summary>
    public static Tensor LogSumExp(Tensor scores, Tensor mask, long dim = 1) =>
        scores.masked_fill(mask.logical_not(), double.NegativeInfinity).logsumexp(dim);

    /// <summary>Mean over the entries that are in the mask; zero, with a gradient of zero, if there is none.</summary>
    public static Tensor Mean(Tensor values, Tensor mask)
    {
        var counted = values.masked_select(mask);
        return counted.sum() / Math.Max(counted.numel(), 1);
    }

    private static Tensor Same(Tensor labels, Tensor others) => labels.unsqueeze(1).eq(others.unsqueeze(0)); // [N, M]
}
