namespace Contrastive.Data;

/// <summary>Someone or something that takes part in an event.</summary>
/// <param name="Noun">What it is.</param>
/// <param name="Kind">Of what kind, or null.</param>
/// <param name="Count">How many, or null for one.</param>
internal sealed record Participant(Noun Noun, Term? Kind, Term? Count)
{
    public bool IsLiving => Noun.Group is NounGroup.Person or NounGroup.Animal;
}

/// <summary>What a sentence says: who does what to whom, where and when, or that it does not happen.</summary>
internal sealed record Frame(Participant Agent, ActionPair Action, bool IsOpposite, Participant Patient, Term? Place, Moment Moment, bool IsNegated)
{
    /// <summary>Whether the sentence says when; its tense is that of the moment in any case.</summary>
    public bool SaysWhen { get; init; } = true;
}

/// <summary>When something happens.</summary>
internal sealed record Moment(Term Words, Tense Tense);

/// <summary>The tense that goes with a moment.</summary>
internal enum Tense
{
    Past,
    Present,
    Future,
}
