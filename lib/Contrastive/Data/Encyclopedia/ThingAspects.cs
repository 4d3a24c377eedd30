namespace Contrastive.Data;

/// <summary>What there is to know about places, buildings and things.</summary>
internal static class ThingAspects
{
    public static readonly Aspect Founding = new("The records have survived",
        new("founder", AnswerKind.Person, "~S was {founded|established} by @",
            "Who {founded|established} #?", "To whom does one owe the {founding|establishment} of #?"),
        new("first visitors", AnswerKind.Day, "the {first visitors|earliest guests} came on @",
            "On which day did the {first visitors|earliest guests} see #?", "When were the {first visitors|earliest guests} welcomed at #?"));

    public static readonly Aspect Building = new("The beginnings are well documented",
        new("architect", AnswerKind.Person, "~S was {designed|planned} by @", "Who {designed|planned} #?", "On whose {design|plan} is # based?"),
        new("quarry", AnswerKind.Village, "the {stones|blocks} were {cut|hewn} near @",
            "Near which village were the {stones|blocks} {cut|hewn} for #?", "Where did masons find the {stones|blocks} for #?"));

    public static readonly Aspect Fire = new("Not everything went well",
        new("fire", AnswerKind.Day, "a {fire|blaze} {damaged|harmed} ~O on @",
            "On which day did a {fire|blaze} {damage|harm} #?", "When did # suffer {damage|harm} from a {fire|blaze}?"),
        new("repairer", AnswerKind.Person, "~S was {repaired|restored} by @", "Who {repaired|restored} #?", "Whose task was the {repair|restoration} of #?"));

    public static readonly Aspect Census = new("Every ten years somebody counts everything",
        new("inhabitants", AnswerKind.Number, "~S has @ {inhabitants|residents}",
            "How many {inhabitants|residents} are there in #?", "What is the number of {inhabitants|residents} of #?"),
        new("horses", AnswerKind.Number, "there are @ {horses|steeds} in the stables",
            "How many {horses|steeds} do people keep in #?", "What is the number of {horses|steeds} in #?"));

    public static readonly Aspect Size = new("Some figures give an idea of the size",
        new("beams", AnswerKind.Number, "~S was built with @ {beams|timbers}",
            "How many {beams|timbers} support #?", "What is the number of {beams|timbers} in #?"),
        new("upkeep", AnswerKind.Number, "the {upkeep|maintenance} takes @ {coins|ducats} a year",
            "How many {coins|ducats} does one spend on the {upkeep|maintenance} of #?", "How much money is required for the {upkeep|maintenance} of #?"));

    public static readonly Aspect Legend = new("Grandmothers know more than the archives",
        new("creature", AnswerKind.Creature, "a {legend|myth} tells of {a giant|an ogre} called @",
            "Which {giant|ogre} appears in the {legend|myth} of #?", "Which {giant|ogre} haunts the {legend|myth} of #?"),
        new("treasure", AnswerKind.Village, "a {treasure|hoard} is said to be {hidden|buried} near @",
            "Near which village is the {treasure|hoard} of # {hidden|buried}?", "Where should one dig for the {treasure|hoard} of #?"));

    public static readonly Aspect Sale = new("The owners changed more than once",
        new("buyer", AnswerKind.Person, "~S was {bought|purchased} by @", "Who {bought|purchased} #?", "Which person became the {buyer|purchaser} of #?"),
        new("price", AnswerKind.Number, "the {price|cost} was @ {coins|ducats}",
            "How many {coins|ducats} were paid for #?", "What was the {price in coins|cost in ducats} of #?"));

    public static readonly Aspect Government = new("The people govern themselves",
        new("mayor", AnswerKind.Person, "the {mayor|burgomaster} is @",
            "Who is the {mayor|burgomaster} of #?", "Which person was elected {mayor|burgomaster} of #?"),
        new("tax", AnswerKind.Number, "each family pays a {tax|levy} of @ {coins|ducats}",
            "How many {coins|ducats} is the {tax|levy} in #?", "How much {tax|levy} is due in #?"));

    public static readonly Aspect Teaching = new("Learning is taken seriously here",
        new("lessons", AnswerKind.Person, "most {lessons|classes} are given by @",
            "Who teaches the {lessons|classes} at #?", "Whom do pupils hear in the {lessons|classes} at #?"),
        new("books", AnswerKind.Number, "the shelves hold @ {books|volumes}",
            "How many {books|volumes} are in the library of #?", "What is the number of {books|volumes} at #?"));

    public static readonly Aspect Voyage = new("The logbook tells of the last crossing of the sea",
        new("captain", AnswerKind.Person, "the {captain|skipper} was @",
            "Who was the {captain|skipper} of #?", "Which person gave orders as {captain|skipper} of #?"),
        new("cargo", AnswerKind.Food, "the {cargo|freight} consisted of @",
            "Which {cargo|freight} was aboard #?", "What did merchants send as {cargo|freight} on #?"));

    public static readonly Aspect Contest = new("A tournament is part of the program",
        new("winner", AnswerKind.Person, "the {winner|champion} was @",
            "Who was the {winner|champion} at #?", "Which person was cheered as {winner|champion} at #?"),
        new("prize", AnswerKind.Number, "the {prize|award} was @ {coins|ducats}",
            "How many {coins|ducats} was the {prize|award} worth at #?", "How much money came with the {prize|award} at #?"));

    public static readonly Aspect Catering = new("Nobody leaves hungry",
        new("meal", AnswerKind.Food, "the {meal|repast} consists of @",
            "What belongs to the {meal|repast} at #?", "Which foods make up the {meal|repast} at #?"),
        new("cook", AnswerKind.Person, "the {cook|chef} is @", "Who is the {cook|chef} at #?", "Which person stirs the pots as {cook|chef} at #?"));

    public static readonly Aspect Recipe = new("The kitchen books agree on the essentials",
        new("inventor", AnswerKind.Person, "~S was {invented|devised} by @", "Who {invented|devised} #?", "Which person was the {inventor|deviser} of #?"),
        new("ingredients", AnswerKind.Food, "the {ingredients|components} include @",
            "Which {ingredients|components} belong in #?", "What should one buy as {ingredients|components} of #?"));

    public static readonly Aspect Serving = new("Every inn has rules of its own",
        new("side dish", AnswerKind.Food, "~S is {served|offered} with @",
            "What is {served|offered} with #?", "Which foods are on the table when # is {served|offered}?"),
        new("portions", AnswerKind.Number, "each year @ {portions|helpings} are sold",
            "How many {portions|helpings} of # do customers buy?", "What is the annual number of {portions|helpings} of #?"));

    public static readonly Aspect Praise = new("Not everybody has the same taste",
        new("admirer", AnswerKind.Person, "~S was {praised|lauded} by @", "Who {praised|lauded} #?", "Which person could not stop {praising|lauding} #?"),
        new("ban", AnswerKind.Day, "a law was made on @ to {forbid|ban} ~O",
            "On which day did the council {forbid|ban} #?", "When was it {forbidden|banned} to cook #?"));

    public static readonly Aspect Writing = new("Scholars have taken an interest",
        new("author", AnswerKind.Person, "a {book|volume} about ~O was written by @",
            "Who is the author of the {book|volume} on #?", "Which person filled {a book|a volume} with remarks on #?"),
        new("copy", AnswerKind.Village, "a {copy|duplicate} is kept in @",
            "In which village is the {copy|duplicate} of the text on #?", "Where could one consult a {copy|duplicate} of the text on #?"));

    public static readonly Aspect Making = new("Experts have looked at every joint",
        new("maker", AnswerKind.Person, "~S was {made|crafted} by @", "Who {made|crafted} #?", "In whose workshop did they {make|craft} #?"),
        new("wood", AnswerKind.Wood, "the {body|frame} is of @",
            "Of what material is the {body|frame} of #?", "Which trees gave the {body|frame} of #?"));

    public static readonly Aspect Playing = new("It has often been heard in public",
        new("musician", AnswerKind.Person, "the {musician|performer} was @",
            "Who was the {musician|performer} on #?", "Which {musician|performer} drew the bow over #?"),
        new("concert", AnswerKind.Day, "a {concert|recital} was held on @",
            "On which day was there a {concert|recital} on #?", "When did people applaud a {concert|recital} on #?"));
}
