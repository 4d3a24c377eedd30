namespace Contrastive.Data;

/// <summary>The kinds of entries, and the subjects of the four passages of each.</summary>
internal static class EntryKinds
{
    public const int AspectsEach = 4;

    public static readonly EntryKind[] All =
    [
        Place("town|settlement", "{R}", "the {n} of {R}", ThingAspects.Founding, ThingAspects.Legend, ThingAspects.Census, ThingAspects.Government),
        Place("castle|fortress", "{R} {N}", "the {R} {n}", ThingAspects.Building, ThingAspects.Fire, ThingAspects.Legend, ThingAspects.Sale),
        Place("bridge|crossing", "{R} {N}", "the {R} {n}", ThingAspects.Building, ThingAspects.Fire, ThingAspects.Legend, ThingAspects.Size),
        Place("theater|playhouse", "{R} {N}", "the {R} {n}", ThingAspects.Founding, ThingAspects.Building, ThingAspects.Fire, ThingAspects.Size),
        Place("school|academy", "{R} {N}", "the {R} {n}", ThingAspects.Founding, ThingAspects.Fire, ThingAspects.Size, ThingAspects.Teaching),
        Place("festival|fair", "{R} {N}", "the {R} {n}", ThingAspects.Founding, ThingAspects.Legend, ThingAspects.Contest, ThingAspects.Catering),
        new(Term.Parse("ship|vessel"), "{R} ({n})", "the {R}", "the {n} {R}", false, TraitLexicon.Places, [ThingAspects.Fire, ThingAspects.Legend, ThingAspects.Sale, ThingAspects.Voyage]),
        Person("painter|artist"),
        Person("doctor|physician"),
        new(Term.Parse("hound|dog"), "{R} ({n})", "{R}", "the {n} {R}", false, TraitLexicon.Living, [ThingAspects.Sale, LifeAspects.Training, LifeAspects.Keeping, LifeAspects.Rescue]),
        new(Term.Parse("soup|broth"), "{R} {N}", "{R} {n}", "the {R} {n}", false, TraitLexicon.Goods, [ThingAspects.Recipe, ThingAspects.Serving, ThingAspects.Praise, ThingAspects.Writing]),
        new(Term.Parse("fiddle|violin"), "{R} {N}", "the {R} {n}", "the {R} {n}", false, TraitLexicon.Goods, [ThingAspects.Legend, ThingAspects.Sale, ThingAspects.Making, ThingAspects.Playing]),
    ];

    private static EntryKind Place(string nouns, string title, string mention, params Aspect[] aspects) =>
        new(Term.Parse(nouns), title, title, mention, true, TraitLexicon.Places, aspects);

    private static EntryKind Person(string nouns) => new(
        Term.Parse(nouns), "{F} {R}", "{F} {R}", "the {n} {R}", false, TraitLexicon.Living,
        [LifeAspects.Youth, LifeAspects.Marriage, LifeAspects.Career, LifeAspects.Death]);
}
