namespace Contrastive.Data;

/// <summary>Two sentences and how similar people find them, or a generated world makes them.</summary>
/// <param name="First">A sentence.</param>
/// <param name="Second">Another.</param>
/// <param name="Score">The similarity; only the order of scores counts. STS goes from 0 to 5, SICK from 1 to 5.</param>
public sealed record ScoredPair(string First, string Second, double Score);
