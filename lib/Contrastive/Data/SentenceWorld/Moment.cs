namespace Contrastive.Data;

/// <summary>When something happens.</summary>
internal sealed record Moment(Term Words, Tense Tense);
