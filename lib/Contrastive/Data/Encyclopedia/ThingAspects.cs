namespace Contrastive.Data;

/// <summary>What there is to know about places, buildings and things.</summary>
internal static class ThingAspects
{
    public static readonly Aspect Founding = new("The earliest records have survived",
        new("founder", AnswerKind.Person, "~S was {founded|established} by @", "Who {founded|established} #?", "To whom does one owe the {founding|establishment} of #?"),
        new("visitors since", AnswerKind.Year, "~S began to {attract|draw} {visitors|guests} in @",
            "Since which year have {visitors|guests} been {attracted|drawn} to #?", "When did {visitors|guests} take an interest in #?"));

    public static readonly Aspect Building = new("The beginnings are well documented",
        new("architect", AnswerKind.Person, "~S was {designed|planned} by @", "Who {designed|planned} #?", "On whose {design|plan} is # based?"),
        new("quarry", AnswerKind.Village, "the {stones|blocks} were {cut|hewn} near @",
            "Near which village were the {stones|blocks} {cut|hewn} for #?", "Where did masons find the {stones|blocks} for #?"));

    public static readonly Aspect Fire = new("Not everything went well",
        new("fire", AnswerKind.Year, "a {fire|blaze} {damaged|harmed} ~O in @",
            "In which year did a {fire|blaze} {damage|harm} #?", "When was {damage|harm} done by a {fire|blaze} to #?"),
        new("repairer", AnswerKind.Person, "~S was {repaired|restored} by @", "Who {repaired|restored} #?", "Whose task was the {repair|restoration} of #?"));

    public static readonly Aspect Size = new("Some figures give an idea of the size",
        new("steps", AnswerKind.Number, "~S has @ {steps|stairs}", "How many {steps|stairs} does one climb at #?", "What is the number of {steps|stairs} at #?"),
        new("workers", AnswerKind.Number, "~S {employs|hires} @ {workers|laborers}",
            "How many {workers|laborers} are {employed|hired} by #?", "What is the number of {workers|laborers} at #?"));

    public static readonly Aspect Legend = new("Grandmothers know more than the archives",
        new("creature", AnswerKind.Creature, "a {legend|myth} tells of {a giant|an ogre} called @",
            "Which {giant|ogre} occurs in the {legend|myth} of #?", "Of which {giant|ogre} does the {legend|myth} speak at #?"),
        new("treasure", AnswerKind.Village, "a {treasure|hoard} is said to be {hidden|buried} near @",
            "Near which village is the {treasure|hoard} {hidden|buried} that belongs to #?", "Where should one dig for the {treasure|hoard} of #?"));

    public static readonly Aspect Sale = new("The owners changed more than once",
        new("buyer", AnswerKind.Person, "~S was {bought|purchased} by @", "Who {bought|purchased} #?", "Which person became the {buyer|purchaser} of #?"),
        new("price", AnswerKind.Number, "the {price|cost} was @ {coins|ducats}", "How many {coins|ducats} were paid for #?", "What was the {price in coins|cost in ducats} of #?"));

    public static readonly Aspect Government = new("The inhabitants govern themselves",
        new("mayor", AnswerKind.Person, "the {mayor|burgomaster} is @", "Who is the {mayor|burgomaster} of #?", "Which person was elected {mayor|burgomaster} in #?"),
        new("tax", AnswerKind.Number, "each family pays a {tax|levy} of @ {coins|ducats}",
            "How many {coins|ducats} is the {tax|levy} in #?", "How much {tax in coins|levy in ducats} does one owe in #?"));

    public static readonly Aspect Teaching = new("Learning is taken seriously here",
        new("lessons", AnswerKind.Person, "most {lessons|classes} are given by @", "Who teaches the {lessons|classes} at #?", "Which person does one hear in the {lessons|classes} of #?"),
        new("pupils", AnswerKind.Number, "~S is {attended|visited} by @ {pupils|students}", "How many {pupils|students} {attend|visit} #?", "What is the number of {pupils|students} at #?"));

    public static readonly Aspect Voyage = new("The logbook tells of the last crossing of the sea",
        new("captain", AnswerKind.Person, "the {captain|skipper} was @", "Who was the {captain|skipper} of #?", "Which person gave orders as {captain|skipper} on #?"),
        new("cargo", AnswerKind.Food, "the {cargo|freight} consisted of @", "Which {cargo|freight} was aboard #?", "What did merchants send as {cargo|freight} on #?"));

    public static readonly Aspect Contest = new("A tournament is part of the program",
        new("winner", AnswerKind.Person, "the {winner|champion} was @", "Who was the {winner|champion} at #?", "Which person was cheered as {winner|champion} of #?"),
        new("prize", AnswerKind.Number, "the {prize|award} was @ {coins|ducats}", "How many {coins|ducats} was the {prize|award} at #?", "How much did one get as {prize in coins|award in ducats} at #?"));

    public static readonly Aspect Catering = new("Nobody leaves hungry",
        new("meal", AnswerKind.Food, "the {meal|repast} consists of @", "What does one get for {a meal|a repast} at #?", "Which food makes up the {meal|repast} of #?"),
        new("cook", AnswerKind.Person, "the {cook|chef} is @", "Who is the {cook|chef} of #?", "Which person stirs the pots as {cook|chef} of #?"));

    public static readonly Aspect Recipe = new("The kitchen books agree on the essentials",
        new("inventor", AnswerKind.Person, "~S was {invented|devised} by @", "Who {invented|devised} #?", "Which person was the {inventor|deviser} of #?"),
        new("ingredients", AnswerKind.Food, "the {ingredients|components} include @", "Which {ingredients|components} belong in #?", "What would one buy as {ingredients|components} of #?"));

    public static readonly Aspect Serving = new("Every inn has rules of its own",
        new("side dish", AnswerKind.Food, "~S is {served|offered} with @", "What is {served|offered} with #?", "Which food does one expect in {a serving|an offering} of #?"),
        new("bowls", AnswerKind.Number, "each day @ {bowls|plates} are sold", "How many {bowls|plates} do customers buy of #?", "What is the daily number of {bowls|plates} of #?"));

    public static readonly Aspect Praise = new("Not everybody has the same taste",
        new("admirer", AnswerKind.Person, "~S was {praised|lauded} by @", "Who {praised|lauded} #?", "From which person came the {praise|laudation} of #?"),
        new("ban", AnswerKind.Year, "a law was made to {forbid|ban} ~O in @", "In which year did the council {forbid|ban} #?", "When was it {forbidden|banned} to cook #?"));

    public static readonly Aspect Writing = new("Scholars have taken an interest",
        new("author", AnswerKind.Person, "a {book|volume} about ~O was written by @", "Who is the author of the {book|volume} on #?", "Which person filled {a book|a volume} with remarks on #?"),
        new("copy", AnswerKind.Village, "a {copy|duplicate} is kept in @", "In which village is the {copy|duplicate} of the text on #?", "Where could one consult a {copy|duplicate} of the text on #?"));

    public static readonly Aspect Making = new("Experts have looked at every joint",
        new("maker", AnswerKind.Person, "~S was {made|crafted} by @", "Who {made|crafted} #?", "In whose workshop did one witness {the making|the crafting} of #?"),
        new("wood", AnswerKind.Wood, "the {body|frame} is of @", "Of what material is the {body|frame} of #?", "Which tree gave the {body|frame} of #?"));

    public static readonly Aspect Playing = new("It has often been heard in public",
        new("musician", AnswerKind.Person, "the {musician|performer} was @", "Who was the {musician|performer} on #?", "Which person bowed as {musician|performer} with #?"),
        new("concert", AnswerKind.Year, "a {concert|recital} was held in @", "In which year was there a {concert|recital} on #?", "When did people pay for a {concert|recital} on #?"));
}
