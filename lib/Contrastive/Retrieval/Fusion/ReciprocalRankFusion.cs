using Contrastive.Torch;

namespace Contrastive.Retrieval;

/// <summary>
/// Fuses the results of several systems by rank alone, so that scores of different scales need no calibration (Cormack, Clarke and
/// Büttcher 2009):
/// <code>score(d) = Σ_{systems s that returned d} weight(s) / (k + rank_s(d)),    ranks from 1</code>
/// </summary>
/// <remarks>A document's rank is its place in the list; the systems' scores are not looked at. Documents are ordered by fused score, then
/// by their best rank in any system, then by id (ordinal).</remarks>
public static class ReciprocalRankFusion
{
    /// <summary>k of the paper: the larger it is, the less the first ranks stand out.</summary>
    public const double DefaultConstant = 60;

    /// <summary>Fuses the results of one query.</summary>
    /// <param name="systems">For each system its documents, best first; a list may be empty.</param>
    /// <param name="topK">The most that is returned, at least 1.</param>
    /// <param name="constant">k, at least 0. <value>The default is 60, the paper's.</value></param>
    /// <param name="weights">One for each system, above zero. <value>The default is 1 for all, the paper's.</value></param>
    /// <exception cref="ArgumentException">There is no system, a system has a document twice, or the weights do not fit.</exception>
    public static IReadOnlyList<RankedItem> Fuse(
        IReadOnlyList<IReadOnlyList<RankedItem>> systems, int topK, double constant = DefaultConstant, IReadOnlyList<double>? weights = null)
    {
        Check(systems, topK, constant, weights);
        return FuseOne(systems, topK, constant, weights, "");
    }

    /// <summary>Fuses the results of many queries.</summary>
    /// <param name="systems">For each system, for each query, its documents, best first.</param>
    /// <param name="topK">The most that each query gets, at least 1.</param>
    /// <param name="constant">k, at least 0. <value>The default is 60, the paper's.</value></param>
    /// <param name="weights">One for each system, above zero. <value>The default is 1 for all, the paper's.</value></param>
    /// <returns>For each query its documents, best first.</returns>
    /// <exception cref="ArgumentException">There is no system, the systems answered different numbers of queries, a system has a document
    /// twice, or the weights do not fit.</exception>
    public static IReadOnlyList<IReadOnlyList<RankedItem>> Fuse(
        IReadOnlyList<IReadOnlyList<IReadOnlyList<RankedItem>>> systems, int topK, double constant = DefaultConstant,
        IReadOnlyList<double>? weights = null)
    {
        Check(systems, topK, constant, weights);
        for (var i = 1; i < systems.Count; i++)
        {
            if (systems[i].Count != systems[0].Count)
                throw new ArgumentException($"systems[{i}] answered {systems[i].Count} queries, systems[0] {systems[0].Count}; expected the same queries.", nameof(systems));
        }

        return [.. Enumerable.Range(0, systems[0].Count).Select(query =>
            FuseOne([.. systems.Select(system => system[query])], topK, constant, weights, $"[{query}]"))];
    }

    private static RankedItem[] FuseOne(
        IReadOnlyList<IReadOnlyList<RankedItem>> systems, int topK, double constant, IReadOnlyList<double>? weights, string query)
    {
        var places = new Dictionary<string, List<(int Rank, double Share)>>(StringComparer.Ordinal);
        for (var system = 0; system < systems.Count; system++)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var place = 0; place < systems[system].Count; place++)
            {
                var id = systems[system][place].Id;
                if (!seen.Add(id))
                    throw new ArgumentException($"systems[{system}]{query} has '{id}' twice; a system ranks a document once.", nameof(systems));
                if (!places.TryGetValue(id, out var shares))
                    places[id] = shares = [];
                shares.Add((place + 1, (weights?[system] ?? 1) / (constant + place + 1)));
            }
        }

        // Shares are added in the order of their size: the same ranks in other systems give the same sum to the last digit.
        return [.. places
            .Select(document => (Item: new RankedItem(document.Key, (float)document.Value.Select(share => share.Share).Order().Sum()), Best: document.Value.Min(share => share.Rank)))
            .OrderByDescending(document => document.Item.Score).ThenBy(document => document.Best).ThenBy(document => document.Item.Id, StringComparer.Ordinal)
            .Take(topK).Select(document => document.Item)];
    }

    private static void Check<T>(IReadOnlyList<T> systems, int topK, double constant, IReadOnlyList<double>? weights)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(systems);
        if (systems.Count == 0)
            throw new ArgumentException("There is no system; expected the results of at least one.", nameof(systems));
        if (systems.Any(system => system is null))
            throw new ArgumentException("The results of a system are null; expected a list, which may be empty.", nameof(systems));
        Require.AtLeast(topK, 1);
        CheckWeights(systems.Count, constant, weights);
    }

    internal static void CheckWeights(int systems, double constant, IReadOnlyList<double>? weights)
    {
        Require.NotNegative(constant);
        if (weights is not null && weights.Count != systems)
            throw new ArgumentException($"There are {weights.Count} weights for {systems} systems; expected one for each.", nameof(weights));
        for (var i = 0; i < (weights?.Count ?? 0); i++)
            Require.Positive(weights![i], $"weights[{i}]");
    }
}
