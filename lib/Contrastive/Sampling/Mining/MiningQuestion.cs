namespace Contrastive.Sampling;

/// <summary>A training question, for which <see cref="HardNegativeMining"/> looks for negatives.</summary>
/// <param name="Text">What is asked.</param>
/// <param name="PositiveIds">The ids of the passages that answer it; none where only the answers are known.</param>
/// <param name="Answers">Texts of which a passage that holds one is no negative; none where they are not known. With neither positives nor
/// answers there would be nothing to tell a negative by.</param>
public sealed record MiningQuestion(string Text, IReadOnlyCollection<string> PositiveIds, IReadOnlyList<string> Answers);
