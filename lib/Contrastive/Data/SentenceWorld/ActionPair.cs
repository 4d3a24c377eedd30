namespace Contrastive.Data;

/// <summary>An action and the one that cannot happen along with it.</summary>
/// <param name="Action">Two verbs for it.</param>
/// <param name="Opposite">Two verbs for its opposite.</param>
/// <param name="Patients">To what it can be done.</param>
internal sealed record ActionPair((Verb First, Verb Second) Action, (Verb First, Verb Second) Opposite, NounGroup[] Patients)
{
    public Verb Say(bool opposite, bool second)
    {
        var verbs = opposite ? Opposite : Action;
        return second ? verbs.Second : verbs.First;
    }

    /// <summary>Reads <c>help|assist ~ ignore|neglect</c>.</summary>
    public static ActionPair Parse(string text, params NounGroup[] patients)
    {
        var verbs = text.Split([" ~ ", "|"], StringSplitOptions.None).Select(Verb.Parse).ToArray();
        return new ActionPair((verbs[0], verbs[1]), (verbs[2], verbs[3]), patients);
    }
}
