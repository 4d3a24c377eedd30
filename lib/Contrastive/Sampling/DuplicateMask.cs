using Contrastive.Losses;
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

    /// <summary>The same as a loss takes it, without a matrix: pairs of equal ids are not negatives of each other.</summary>
    /// <param name="ids">Integers <c>[N]</c>: which item (or class, or image) each pair is.</param>
    /// <returns>The choice of negatives.</returns>
    /// <exception cref="ArgumentException">The ids are not a vector of integers.</exception>
    public static Negatives Negatives(Tensor ids)
    {
        Require.Shape(ids, "integers [N]");
        return new Negatives { Ids = ids };
    }
}
