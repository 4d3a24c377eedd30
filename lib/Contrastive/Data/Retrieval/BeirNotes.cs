using Contrastive.Retrieval;
using static System.FormattableString;

namespace Contrastive.Data;

/// <summary>What a user of a BEIR set should know of its passages and queries.</summary>
internal static class BeirNotes
{
    public static IEnumerable<string> Of(List<Passage> passages, List<Query> queries, Dictionary<string, int> documents, int allQueries, string split)
    {
        if (queries.Count < allQueries)
            yield return Invariant($"Of {allQueries:N0} queries the {queries.Count:N0} that {split} judges {(queries.Count == 1 ? "is" : "are")} taken.");
        if (passages.Count(passage => string.IsNullOrWhiteSpace(passage.Contents)) is var empty and > 0)
            yield return Invariant($"Passages without title and text: {empty:N0}; they stay.");
        if (queries.Count(query => string.IsNullOrWhiteSpace(query.Text)) is var silent and > 0)
            yield return Invariant($"Queries without text: {silent:N0}; they stay and find nothing.");
        if (queries.Count(query => documents.ContainsKey(query.Id)) is var own and > 0)
            yield return Invariant($"Queries that share their id with a passage: {own:N0}; BEIR leaves that passage out of their results.");
    }
}
