using System.Globalization;

namespace Contrastive.Data;

/// <summary>Scored pairs that are evaluated together, by one rank correlation.</summary>
/// <param name="Name">What the task is called in tables, such as <c>STS12</c>.</param>
/// <param name="Pairs">Its pairs; for a year of STS, those of all its subsets in turn.</param>
public sealed record SimilarityTask(string Name, IReadOnlyList<ScoredPair> Pairs)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}: {Pairs.Count:N0} pairs");
}

/// <summary>Two sentences and how similar they are, as rated by people or defined by a generated world.</summary>
/// <param name="First">A sentence.</param>
/// <param name="Second">Another.</param>
/// <param name="Score">The similarity; only the order of scores matters. STS ranges from 0 to 5, SICK from 1 to 5.</param>
public sealed record ScoredPair(string First, string Second, double Score);
