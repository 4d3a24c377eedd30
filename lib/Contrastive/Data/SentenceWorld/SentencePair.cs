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

/// <summary>How the second sentence of a pair is derived from the first; the value is its score on the scale of STS, 0 to 5.</summary>
public enum SentenceRelation
{
    /// <summary>Two different events: other participants, another action, another place.</summary>
    Unrelated = 0,

    /// <summary>About the same event, but one sentence denies the other, names the opposite action, or swaps who does it to whom.</summary>
    Contradiction = 1,

    /// <summary>The same event with one participant replaced.</summary>
    ParticipantChanged = 2,

    /// <summary>The same event with two details changed.</summary>
    TwoDetailsChanged = 3,

    /// <summary>The same event with one detail changed: when, where, how many, or of what kind.</summary>
    DetailChanged = 4,

    /// <summary>The same event in other words.</summary>
    Paraphrase = 5,
}
