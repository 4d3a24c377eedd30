namespace Contrastive.Data;

/// <summary>A sentence, one that it entails, and one that says the opposite in nearly the same words.</summary>
/// <param name="Anchor">The sentence.</param>
/// <param name="Positive">True whenever the anchor is.</param>
/// <param name="HardNegative">The anchor denied, with the opposite action, or with the roles swapped.</param>
public sealed record SentenceTriplet(string Anchor, string Positive, string HardNegative);
