namespace Contrastive.Retrieval;

/// <summary>How much of an exact search's result an approximate one finds.</summary>
public static class Recall
{
    /// <summary>The share of each query's exact results that the approximate search returned too, whatever their order; the mean over queries.
    /// Equal scores at the end of an exact result count as what it lists: an equally good item instead is not found.</summary>
    /// <param name="approximate">For each query what the approximate search returned, as many results as asked for.</param>
    /// <param name="exact">For each query, in the same order, what the exact search returned for the same number.</param>
    /// <returns>Recall@k, from 0 to 1.</returns>
    /// <exception cref="ArgumentException">The numbers of queries differ, there is none, or the exact search returned nothing for one.</exception>
    public static double Of(IReadOnlyList<IReadOnlyList<RankedItem>> approximate, IReadOnlyList<IReadOnlyList<RankedItem>> exact)
    {
        ArgumentNullException.ThrowIfNull(approximate);
        ArgumentNullException.ThrowIfNull(exact);
        if (approximate.Count != exact.Count || exact.Count == 0)
            throw new ArgumentException(
                $"There are results of {approximate.Count} queries and exact ones of {exact.Count}; expected the same number, at least one.", nameof(approximate));
        return exact.Select((results, query) => Share(approximate[query], results, query)).Average();
    }

    private static double Share(IReadOnlyList<RankedItem> approximate, IReadOnlyList<RankedItem> exact, int query)
    {
        if (exact.Count == 0)
            throw new ArgumentException($"The exact search returned nothing for query {query}; leave it out.", nameof(exact));
        var found = approximate.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        return exact.Count(item => found.Contains(item.Id)) / (double)exact.Count;
    }
}
