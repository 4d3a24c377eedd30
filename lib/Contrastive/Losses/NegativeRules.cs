using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>Checks what is said of a batch's negatives, and turns it into rules for the matrix of a family's products.</summary>
internal static class NegativeRules
{
    /// <summary>For 2N views by 2N views: neither a row itself nor its other view is a negative.</summary>
    public static EntryRules TwoViews(Negatives negatives, Tensor view1)
    {
        ArgumentNullException.ThrowIfNull(negatives);
        var count = view1.size(0);
        List<EntryRule> rules = [.. Entries(negatives, 2 * count, 2 * count, view1)];
        if (Ids(negatives, view1) is { } ids)
        {
            var ofViews = cat([ids, ids], dim: 0); // [2N]
            rules.Add(new EntryRule.SameItem(ofViews, ofViews));
        }

        if (Guided(negatives, view1) is { } guide)
        {
            Others(guide.Others, null, "the loss has no other candidates than the two views");
            var views = cat([guide.Anchors, guide.Positives], dim: 0); // [2N, G]
            rules.Add(new EntryRule.Guided(views, views, cat([guide.Ceilings, guide.Ceilings], dim: 0)));
        }

        return new EntryRules([.. rules]) { Diagonals = [0, count, -count] };
    }

    /// <summary>For N rows of the first view by N of the second.</summary>
    public static EntryRules InBatch(Negatives negatives, Tensor view1)
    {
        ArgumentNullException.ThrowIfNull(negatives);
        List<EntryRule> rules = [.. Entries(negatives, view1.size(0), view1.size(0), view1)];
        if (Ids(negatives, view1) is { } ids)
            rules.Add(new EntryRule.SameItem(ids, ids));
        if (Guided(negatives, view1) is { } guide)
        {
            Others(guide.Others, null, "the loss has no other candidates than the second view");
            rules.Add(new EntryRule.Guided(guide.Anchors, guide.Positives, guide.Ceilings));
        }

        return new EntryRules([.. rules]) { Diagonals = [0] };
    }

    /// <summary>For N queries by K keys, which all queries share [K, D] or each has for itself [N, K, D].</summary>
    public static EntryRules Queue(Negatives negatives, Tensor queries, Tensor queue)
    {
        ArgumentNullException.ThrowIfNull(negatives);
        var length = queue.size(-2);
        List<EntryRule> rules = [.. Entries(negatives, queries.size(0), length, queries)];
        if (negatives.Ids is not null)
            throw new ArgumentException("The keys of a queue have no ids; leave out entries by Exclude [N, K].", nameof(negatives));
        if (Guided(negatives, queries) is { } guide)
        {
            if (queue.dim() == 3)
                throw new ArgumentException("A guide needs keys that all queries share, [K, D]; leave out entries by Exclude [N, K].", nameof(negatives));
            var keys = Others(guide.Others, Require.Sized("float", length, guide.Anchors.size(1)), "the guide's embedding of each key of the queue");
            rules.Add(new EntryRule.Guided(guide.Anchors, keys!, guide.Ceilings));
        }

        return new EntryRules([.. rules]);
    }

    /// <summary>ln w and masks as they are given.</summary>
    public static IEnumerable<EntryRule> Entries(Negatives negatives, long rows, long columns, Tensor anchors)
    {
        if (negatives.Exclude is { } mask)
        {
            Check(mask, Require.Sized("Bool", rows, columns), "anchors by candidates", anchors, "Exclude");
            yield return new EntryRule.Masked(mask);
        }

        if (negatives.LogWeights is { } weights)
        {
            var ofColumns = weights.dim() == 1;
            var (matrix, vector) = (Require.Sized("float", rows, columns), Require.Sized("float", columns));
            Check(weights, ofColumns ? vector : matrix, ofColumns ? $"one for each candidate; or {matrix}" : $"anchors by candidates; or {vector}", anchors, "LogWeights");
            Require.Finite(weights, "LogWeights");
            var held = weights.detach().to(Similarity.Upcast(anchors).dtype);
            yield return ofColumns ? new EntryRule.WeightedCandidates(held) : new EntryRule.Weighted(held);
        }
    }

    /// <summary>The ids of the pairs [N].</summary>
    public static Tensor? Ids(Negatives negatives, Tensor anchors)
    {
        if (negatives.Ids is { } ids)
            Require.Ids(ids, anchors, "Ids");
        return negatives.Ids;
    }

    /// <summary>The guide's embeddings, unit length, and each anchor's ceiling [N].</summary>
    public static (Tensor Anchors, Tensor Positives, Tensor? Others, Tensor Ceilings)? Guided(Negatives negatives, Tensor anchors)
    {
        if (negatives.Guide is not { } guide)
            return null;
        Require.Pairs(guide.Anchors, guide.Positives, firstName: "Guide.Anchors", secondName: "Guide.Positives");
        Check(guide.Anchors, Require.Sized("float", anchors.size(0), guide.Anchors.size(1)), "one for each anchor", anchors, "Guide.Anchors");
        if (guide.Others is { } others)
        {
            Require.SameWidth(guide.Anchors, others, "Guide.Anchors", "Guide.Others");
            Require.Alike(guide.Anchors, others, "Guide.Anchors", "Guide.Others");
            Require.Finite(others, "Guide.Others");
        }

        using var noGradient = no_grad();
        var (queries, positives) = (Similarity.Normalize(guide.Anchors), Similarity.Normalize(guide.Positives));
        var similarity = (queries * positives).sum(dim: 1); // [N]
        return (queries, positives, guide.Others is null ? null : Similarity.Normalize(guide.Others), similarity - guide.Margin - (similarity.abs() * guide.RelativeMargin));
    }

    /// <summary>The guide's embeddings of the other candidates, of this shape; none where it is null.</summary>
    public static Tensor? Others(Tensor? others, string? expected, string meaning)
    {
        if (others is null && expected is null)
            return null;
        if (others is null || expected is null)
            throw new ArgumentException($"Guide.Others is {(others is null ? "null" : TensorText.Describe(others))}; expected {expected ?? "none"}, {meaning}.", nameof(others));
        Require.Shape(others, expected, meaning, name: "Guide.Others", parameter: nameof(others));
        return others;
    }

    private static void Check(Tensor tensor, string expected, string meaning, Tensor anchors, string name)
    {
        Require.Shape(tensor, expected, meaning, name: name);
        Require.Beside(tensor, anchors, name);
    }
}
