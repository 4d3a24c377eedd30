using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>What only losses require of their input.</summary>
internal static class LossInput
{
    /// <summary>Integer labels <c>[N]</c>, at least one of which occurs twice.</summary>
    public static void Labels(Tensor labels, Tensor embeddings)
    {
        Require.Ids(labels, embeddings);
        using var scope = NewDisposeScope();
        if (labels.unique().output.numel() == labels.numel())
            throw new ArgumentException(
                $"labels contains no positive pair: all {labels.numel()} values differ. Draw batches with at least two members of a class.", nameof(labels));
    }

    /// <summary>Negatives <c>[K, D]</c> shared by all queries, or <c>[N, K, D]</c>.</summary>
    public static void Queue(Tensor queue, Tensor queries)
    {
        ArgumentNullException.ThrowIfNull(queue);
        if (queue.dim() == 3)
            Require.Shape(queue, $"float [{queries.size(0)}, K, {queries.size(1)}]", "each query's own keys; or float [K, D], shared by all");
        else
            Require.Shape(queue, $"float [K, {queries.size(1)}]", "one key a row");
        Require.Alike(queries, queue);
        Require.Finite(queue);
    }

    /// <summary>Labeled rows <c>[M, D]</c> that a batch is compared with; M may be zero.</summary>
    public static void References(Tensor references, Tensor referenceLabels, Tensor embeddings)
    {
        Require.Shape(references, "float [M, D]", "one example a row", mayBeEmpty: true);
        Require.SameWidth(embeddings, references);
        Require.Alike(embeddings, references);
        Require.Finite(references);
        Require.Ids(referenceLabels, references);
    }

    /// <summary>Which of N pairs are similar: bool <c>[N]</c>, or integers <c>[N]</c> that are 1 or 0; as bool.</summary>
    public static Tensor Similar(Tensor isSimilar, Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(isSimilar);
        Require.Beside(isSimilar, rows);
        var count = rows.size(0);
        if (isSimilar.dtype == ScalarType.Bool)
        {
            Require.Shape(isSimilar, Require.Sized("Bool", count), "one for each pair");
            return isSimilar;
        }

        Require.Shape(isSimilar, Require.Sized("integers", count), "1 for a similar pair and 0 for a dissimilar one; or bool");
        var other = isSimilar.masked_select(isSimilar.ne(0).logical_and(isSimilar.ne(1)));
        if (other.numel() > 0)
            throw new ArgumentException($"isSimilar holds {other[0].to(int64).item<long>()}; expected 1 for a similar pair and 0 for a dissimilar one.", nameof(isSimilar));
        return isSimilar.eq(1);
    }

    /// <summary>Hard negatives <c>[N, D]</c> or <c>[N, H, D]</c> of N anchors; as <c>[N, H, D]</c>.</summary>
    public static Tensor HardNegatives(Tensor hardNegatives, Tensor anchors)
    {
        if (hardNegatives.dim() is not (2 or 3) || hardNegatives.size(0) != anchors.size(0) || hardNegatives.numel() == 0)
        {
            var (count, width) = (anchors.size(0), anchors.size(1));
            throw new ArgumentException(
                $"hardNegatives is {TensorText.Describe(hardNegatives)}; expected float [{count}, {width}] or [{count}, H, {width}].", nameof(hardNegatives));
        }

        Require.SameWidth(anchors, hardNegatives);
        Require.Alike(anchors, hardNegatives);
        Require.Finite(hardNegatives);
        return hardNegatives.dim() == 2 ? hardNegatives.unsqueeze(1) : hardNegatives;
    }

    /// <summary>Ids of positives <c>[N]</c>, or of positives and hard negatives <c>[N, 1 + H]</c>; as a matrix.</summary>
    public static Tensor RankingIds(Tensor ids, Tensor anchors, long hardNegatives)
    {
        if (ids.dim() != 2)
        {
            Require.Ids(ids, anchors);
            return ids.unsqueeze(1);
        }

        Require.Shape(ids, Require.Sized("integers", anchors.size(0), 1 + hardNegatives), "the positive first; or one id for each anchor");
        Require.Ids(ids.select(1, 0), anchors, nameof(ids));
        return ids;
    }
}
