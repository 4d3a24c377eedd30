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

    /// <summary>The same for texts, as a ranking loss takes it: a copy of a question's positive, whether another question's positive or
    /// anybody's hard negative, is no negative of that question.</summary>
    /// <param name="positives">N texts, one for each question. Texts are compared exactly.</param>
    /// <param name="hardNegatives">For each question its H texts, in the order of the loss's hard negatives.
    /// <value>The default is null: there are none.</value></param>
    /// <param name="anchors">The questions' own texts, N: rows of one question then count as one item, and the positives of either are no
    /// negatives of the other. <value>The default is null: questions are not compared.</value></param>
    /// <param name="device">Where the loss's embeddings are. <value>The default is null: in the computer's memory.</value></param>
    /// <returns>The choice of negatives, its ids int64 <c>[N]</c>, or <c>[N, 1 + H]</c> with hard negatives; equal texts have equal
    /// ids.</returns>
    /// <remarks>A row has one id, so being one item carries over: where row 0 shares its question with row 1, and row 1 its positive with
    /// row 2, row 0 and row 2 are no negatives of each other either. <see cref="DistinctBatches"/> keeps such rows out of a batch.</remarks>
    /// <exception cref="ArgumentException">There is no text, a text is null, there are not as many anchors or lists of hard negatives as
    /// positives, or the lists differ in length.</exception>
    public static Negatives Negatives(
        IReadOnlyList<string> positives, IReadOnlyList<IReadOnlyList<string>>? hardNegatives = null, IReadOnlyList<string>? anchors = null, Device? device = null)
    {
        var ids = TextIds.Of(positives, hardNegatives, anchors);
        var columns = ids.Length / positives.Count;
        return new Negatives { Ids = columns == 1 ? tensor(ids, device: device) : tensor(ids, [positives.Count, columns], device: device) };
    }
}
