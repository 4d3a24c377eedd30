namespace Contrastive.Data;

/// <summary>Two sentences and how similar they are.</summary>
/// <param name="First">A sentence.</param>
/// <param name="Second">Another.</param>
/// <param name="Relation">How the second differs from the first.</param>
public sealed record SentencePair(string First, string Second, SentenceRelation Relation)
{
    /// <summary>The similarity, 0 (nothing in common) to 5 (the same).</summary>
    public double Score => (double)Relation;

    /// <summary>The pair with its score, without the reason for it.</summary>
    public ScoredPair ToScored() => new(First, Second, Score);
}
