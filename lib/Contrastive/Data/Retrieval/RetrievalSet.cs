using System.Globalization;
using Contrastive.Retrieval;

namespace Contrastive.Data;

/// <summary>All that a search is measured on: passages to find, queries, and which passages are relevant to which query.</summary>
public sealed record RetrievalSet
{
    /// <summary>What the set is called in tables and titles.</summary>
    public required string Name { get; init; }

    /// <summary>The corpus, in the files' order. No two passages have the same id.</summary>
    public required IReadOnlyList<Passage> Passages { get; init; }

    /// <summary>The queries, in the files' order. No two have the same id.</summary>
    public required IReadOnlyList<Query> Queries { get; init; }

    /// <summary>The judgments: by the query's id the grade of each judged passage, by its id; above 0 is relevant. The form that
    /// <c>RetrievalReport</c> takes. Each query here is in <see cref="Queries"/>; a query without an entry was not
    /// judged and has <see cref="Query.Answers"/> only. A passage may be missing from <see cref="Passages"/> where the files judge what they do
    /// not hold, and then <see cref="Notes"/> says so.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Relevance { get; init; }

    /// <summary>What the reader met that a user should know, one sentence each: what was left out, what is empty.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: {Passages.Count:N0} passages, {Queries.Count:N0} queries, {Relevance.Values.Sum(judged => (long)judged.Count):N0} judgments");
}
