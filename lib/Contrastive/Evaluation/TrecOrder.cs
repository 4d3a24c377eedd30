using Contrastive.Retrieval;

namespace Contrastive.Evaluation;

/// <summary>trec_eval's order: by score descending and, among equal scores, by id descending, ids compared as C compares them: by the bytes
/// of their UTF-8.</summary>
internal sealed class TrecOrder : IComparer<RankedItem>
{
    public static readonly TrecOrder BestFirst = new();

    public int Compare(RankedItem x, RankedItem y) =>
        x.Score > y.Score ? -1 : x.Score < y.Score ? 1 : CompareBytes(y.Id, x.Id);

    private static int CompareBytes(string x, string y)
    {
        var same = x.AsSpan().CommonPrefixLength(y);
        return same == x.Length || same == y.Length ? x.Length.CompareTo(y.Length) : Place(x[same]).CompareTo(Place(y[same]));
    }

    /// <summary>Surrogates stand for characters above U+FFFF, whose bytes come after those of all single code units.</summary>
    private static int Place(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
