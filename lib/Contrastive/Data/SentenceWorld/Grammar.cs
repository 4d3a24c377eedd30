namespace Contrastive.Data;

/// <summary>Something that can be said with either of two words.</summary>
internal sealed record Term(string First, string Second)
{
    public string Say(bool second) => second ? Second : First;

    public static Term Parse(string text)
    {
        var words = text.Split('|');
        return new Term(words[0], words[1]);
    }
}

/// <summary>What a noun stands for, which decides what can be done to it.</summary>
internal enum NounGroup
{
    Person,
    Animal,
    Object,
    Food,
    Writing,
}

/// <summary>A kind of person, animal or thing.</summary>
/// <param name="Singular">Its names.</param>
/// <param name="Plural">Their plurals.</param>
/// <param name="Group">Which group it belongs to, which decides what can be done to it.</param>
internal sealed record Noun(Term Singular, Term Plural, NounGroup Group)
{
    /// <summary>Reads <c>man/men|guy</c>; a plural that is not given ends in s.</summary>
    public static Noun Parse(string text, NounGroup group)
    {
        var forms = text.Split('|').Select(word => word.Split('/')).Select(word => (One: word[0], Many: word.Length > 1 ? word[1] : word[0] + "s")).ToArray();
        return new Noun(new Term(forms[0].One, forms[1].One), new Term(forms[0].Many, forms[1].Many), group);
    }
}

/// <summary>The forms of a verb.</summary>
internal sealed record Verb(string Base, string Past, string Participle, string Progressive)
{
    /// <summary>Reads <c>buy/bought/bought/buying</c>, or a regular verb's base form alone.</summary>
    public static Verb Parse(string text)
    {
        var forms = text.Split('/');
        if (forms.Length == 4)
            return new Verb(forms[0], forms[1], forms[2], forms[3]);
        var stem = text.EndsWith('e') ? text[..^1] : text;
        var isConsonantY = text.EndsWith('y') && !"aeiou".Contains(text[^2], StringComparison.Ordinal);
        var past = isConsonantY ? text[..^1] + "ied" : stem + "ed";
        return new Verb(text, past, past, stem + "ing");
    }
}

/// <summary>An action and its opposite, which cannot happen together.</summary>
/// <param name="Action">Two verbs for it.</param>
/// <param name="Opposite">Two verbs for its opposite.</param>
/// <param name="Patients">What it can be done to.</param>
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
