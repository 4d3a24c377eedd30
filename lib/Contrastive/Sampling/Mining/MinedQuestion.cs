using Contrastive.Retrieval;

namespace Contrastive.Sampling;

/// <summary>What was mined for one question.</summary>
/// <param name="Negatives">Its negatives with their scores in that search, hardest first; fewer than asked for where no more fit.</param>
/// <param name="PositiveRank">The rank of its best positive, from 1; null if none is among the passages searched.</param>
/// <param name="PositiveScore">The score of its best positive; null if none is among the passages searched.</param>
/// <param name="Candidates">What became of the passages found.</param>
public sealed record MinedQuestion(IReadOnlyList<RankedItem> Negatives, int? PositiveRank, double? PositiveScore, CandidateCounts Candidates);

/// <summary>What became of a question's candidates, the passages found at the ranks considered. One that is left out for several reasons is
/// counted at the first of them, in this order.</summary>
/// <param name="Found">All of them.</param>
/// <param name="Positives">Left out: the question's own positives.</param>
/// <param name="SameText">Left out: passages of another id with a positive's title and text.</param>
/// <param name="HoldAnAnswer">Left out: passages whose text holds one of the answers.</param>
/// <param name="OutOfBounds">Left out: scores below the minimum or above the maximum.</param>
/// <param name="TooNear">Left out: scores within the margin of the best positive's, or above it; all of them if no positive was
/// found.</param>
/// <param name="Repeated">Left out: the title and text of a candidate that fits and has a better rank.</param>
/// <param name="Fit">The others, from which the negatives were chosen.</param>
public sealed record CandidateCounts(int Found, int Positives, int SameText, int HoldAnAnswer, int OutOfBounds, int TooNear, int Repeated, int Fit);
