using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>The rules for each direction of a ranking loss: N queries, and N · (1 + H) documents, the positives first.</summary>
internal sealed class RankingRules
{
    private readonly EntryRule[] _entries;
    private readonly ScalarType _type;
    private readonly Tensor _owners; // the query that each hard negative belongs to, after N numbers that none has: [N (1 + H)]
    private readonly Tensor _queries; // 0 … N − 1
    private readonly Tensor? _ids; // of the positives [N]
    private readonly Tensor? _documentIds; // [N (1 + H)]
    private readonly (Tensor Queries, Tensor Positives, Tensor Documents, Tensor Ceilings)? _guide;

    public RankingRules(Negatives negatives, Tensor anchors, long hardNegatives, RankingDirections directions)
    {
        ArgumentNullException.ThrowIfNull(negatives);
        var count = anchors.size(0);
        if (directions != RankingDirections.QueryToDocument && (negatives.Exclude ?? negatives.LogWeights) is not null)
            throw new ArgumentException("Exclude and LogWeights say nothing of directions other than QueryToDocument; give Ids or a Guide.", nameof(negatives));
        _entries = [.. NegativeRules.Entries(negatives, count, count * (1 + hardNegatives), anchors)];
        _type = anchors.dtype is ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32; // as Similarity.Upcast
        _queries = arange(count, device: anchors.device);
        _owners = cat([full([count], -1L, int64, anchors.device), _queries.repeat_interleave(hardNegatives)], dim: 0);
        if (negatives.Ids is { } given)
        {
            var ids = LossInput.RankingIds(given, anchors, hardNegatives).to(int64); // [N, 1] or [N, 1 + H]
            _ids = ids.select(1, 0);
            var ofHard = ids.size(1) > 1 ? ids.narrow(1, 1, hardNegatives).reshape(-1) : (_ids.min() - 1).expand(count * hardNegatives); // an id that no positive has
            _documentIds = cat([_ids, ofHard], dim: 0);
        }

        if (NegativeRules.Guided(negatives, anchors) is { } guide)
        {
            var width = guide.Anchors.size(1);
            var expected = guide.Others?.dim() == 2 && hardNegatives == 1 ? Require.Sized("float", count, width) : Require.Sized("float", count, hardNegatives, width);
            var others = hardNegatives == 0
                ? NegativeRules.Others(guide.Others, null, "there are no hard negatives")
                : NegativeRules.Others(guide.Others, expected, "the guide's embedding of each hard negative");
            _guide = (guide.Anchors, guide.Positives, others is null ? guide.Positives : cat([guide.Positives, others.reshape(-1, width)], dim: 0), guide.Ceilings);
        }
    }

    public EntryRules QueryToDocument(double hardNegativeWeight)
    {
        List<EntryRule> rules = [.. _entries, .. Common(_ids, _documentIds, _guide?.Queries, _guide?.Documents)];
        if (hardNegativeWeight != 0)
            rules.Add(new EntryRule.Raised(_queries, _owners, hardNegativeWeight, _type));
        return new EntryRules([.. rules]) { Diagonals = [0] };
    }

    public EntryRules DocumentToQuery() => new([.. Common(_ids, _ids, _guide?.Positives, _guide?.Queries)]) { Diagonals = [0] };

    public EntryRules QueryToQuery() => new([.. Common(_ids, _ids, _guide?.Queries, _guide?.Queries)]) { Diagonals = [0] };

    public EntryRules DocumentToDocument() =>
        new([new EntryRule.SameItem(_queries, _owners), .. Common(_ids, _documentIds, _guide?.Positives, _guide?.Documents)]) { Diagonals = [0] };

    private IEnumerable<EntryRule> Common(Tensor? ids, Tensor? columnIds, Tensor? rows, Tensor? columns)
    {
        if (ids is not null)
            yield return new EntryRule.SameItem(ids, columnIds!);
        if (rows is not null)
            yield return new EntryRule.Guided(rows, columns!, _guide!.Value.Ceilings);
    }
}
