using Contrastive.Retrieval;

namespace Contrastive.Evaluation;

/// <summary>What the results of one query must be.</summary>
internal static class RankedResults
{
    /// <summary>The results as they come; refused where an id is missing or occurs twice, or a score is NaN.</summary>
    public static RankedItem[] Check(IEnumerable<RankedItem> results, string whose, string name)
    {
        var items = results.ToArray();
        var seen = new HashSet<string>(items.Length, StringComparer.Ordinal);
        foreach (var (id, score) in items)
        {
            if (id is null)
                throw new ArgumentException(FormattableString.Invariant($"{whose}A result with score {score} has no id."), name);
            if (float.IsNaN(score))
                throw new ArgumentException($"{whose}The score of '{id}' is NaN.", name);
            if (!seen.Add(id))
                throw new ArgumentException($"{whose}'{id}' occurs {items.Count(item => item.Id == id)} times in the results; a document may occur only once.", name);
        }

        return items;
    }
}
