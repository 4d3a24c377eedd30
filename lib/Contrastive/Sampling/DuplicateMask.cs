using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>
/// The false negatives that can be read off the batch itself: the same item twice, two captions of one image, two items of one label. In a
/// loss with in-batch negatives row i of the anchors belongs to row i of the positives, and all other rows count as negatives, even
/// these, unless they are masked.
/// </summary>
public static class DuplicateMask
{
    /// <summary>Which pairs (i, j), i ≠ j, have the same id.</summary>
    /// <param name="ids">Integers <c>[N]</c>.</param>
    /// <returns>bool <c>[N, N]</c>, symmetric, false on the diagonal.</returns>
    /// <exception cref="ArgumentException">The ids are not a vector of integers.</exception>
    public static Tensor Of(Tensor ids)
    {
        Require.Shape(ids, "integers [N]");
        using var scope = NewDisposeScope();
        var same = ids.unsqueeze(1) == ids.unsqueeze(0); // [N, N]
        same.diagonal().fill_(false);
        return same.MoveToOuterDisposeScope();
    }

    /// <summary>The logits of in-batch negatives with those of duplicates at −∞, so that they leave the softmax and get no gradient.</summary>
    /// <param name="logits">Scores of row i's anchor with column j's positive, float <c>[N, N]</c>; the diagonal stays.</param>
    /// <param name="ids">Integers <c>[N]</c>: which item (or class, or image) each row is.</param>
    /// <returns><c>[N, N]</c>, attached to the autograd graph.</returns>
    /// <exception cref="ArgumentException">The logits are not square, or the ids do not fit them.</exception>
    public static Tensor Exclude(Tensor logits, Tensor ids)
    {
        ArgumentNullException.ThrowIfNull(logits);
        Require.Shape(ids, "integers [N]");
        Require.Shape(logits, Require.Sized("float", ids.size(0), ids.size(0)), "one row and one column for each id");
        using var scope = NewDisposeScope();
        return logits.masked_fill(Of(ids).to(logits.device), double.NegativeInfinity).MoveToOuterDisposeScope();
    }
}
