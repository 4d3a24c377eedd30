namespace Contrastive.Retrieval;

/// <summary>The order of results.</summary>
internal static class Ranking
{
    /// <summary>The first <paramref name="topK"/> by score descending and, among equal scores, by id (ordinal).</summary>
    public static RankedItem[] Best(RankedItem[] items, int topK)
    {
        Array.Sort(items, static (a, b) => b.Score.CompareTo(a.Score) is var byScore and not 0 ? byScore : string.CompareOrdinal(a.Id, b.Id));
        return items.Length <= topK ? items : items[..topK];
    }
}
