using System.Globalization;

namespace Contrastive.Data;

/// <summary>Scored pairs that are measured together, by one rank correlation.</summary>
/// <param name="Name">What the task is called in tables, such as <c>STS12</c>.</param>
/// <param name="Pairs">Its pairs; of a year of STS those of all its subsets, one after the other.</param>
public sealed record SimilarityTask(string Name, IReadOnlyList<ScoredPair> Pairs)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}: {Pairs.Count:N0} pairs");
}

/// <summary>Two sentences and how similar people find them, or a generated world makes them.</summary>
/// <param name="First">A sentence.</param>
/// <param name="Second">Another.</param>
/// <param name="Score">The similarity; only the order of scores counts. STS goes from 0 to 5, SICK from 1 to 5.</param>
public sealed record ScoredPair(string First, string Second, double Score);
