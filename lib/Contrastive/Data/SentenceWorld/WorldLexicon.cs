namespace Contrastive.Data;

/// <summary>The words of the generated sentences. Everything can be said in two ways that share no content word.</summary>
internal static class WorldLexicon
{
    public static readonly Noun[] People = Nouns(NounGroup.Person,
        "doctor|physician", "teacher|instructor", "lawyer|attorney", "singer|vocalist", "thief/thieves|burglar", "student|pupil", "child/children|kid",
        "baby/babies|infant", "woman/women|lady/ladies", "man/men|guy", "painter|artist", "author|writer", "king|monarch", "boss/bosses|manager",
        "customer|shopper", "sailor|seaman/seamen", "scientist|researcher", "driver|motorist", "tourist|traveler", "soldier|trooper",
        "policeman/policemen|cop", "farmer|peasant", "actor|performer", "prisoner|inmate", "butler|servant", "priest|clergyman/clergymen");

    public static readonly Noun[] Animals = Nouns(NounGroup.Animal,
        "dog|hound", "cat|kitten", "horse|stallion", "pig|hog", "rabbit|bunny/bunnies", "donkey|mule", "chicken|hen", "rat|rodent", "bull|ox/oxen", "snake|serpent");

    public static readonly Noun[] Objects = Nouns(NounGroup.Object,
        "car|automobile", "bicycle|bike", "sofa|couch/couches", "photo|picture", "purse|handbag", "coat|jacket", "rock|stone", "boat|ship", "gift|present",
        "rug|carpet", "cup|mug", "bottle|flask", "cupboard|cabinet", "ring|jewel", "truck|lorry/lorries", "hat|cap");

    public static readonly Noun[] Foods = Nouns(NounGroup.Food,
        "soup|broth", "cookie|biscuit", "candy/candies|sweet", "steak|fillet", "pancake|crepe", "eggplant|aubergine", "sandwich/sandwiches|burger", "meal|dish/dishes");

    public static readonly Noun[] Writings = Nouns(NounGroup.Writing,
        "letter|message", "book|volume", "newspaper|gazette", "story/stories|tale", "poem|rhyme", "report|document", "song|tune", "diary/diaries|journal");

    /// <summary>The general nouns for a person and for an animal.</summary>
    public static readonly Noun AnyPerson = Noun.Parse("person/people|human", NounGroup.Person), AnyAnimal = Noun.Parse("animal|creature", NounGroup.Animal);

    public static readonly ActionPair[] Actions =
    [
        Living("help|assist ~ ignore|neglect"), Living("greet|welcome ~ insult|offend"), Living("praise|commend ~ criticize|scold"),
        Living("hug/hugged/hugged/hugging|embrace ~ push|shove"), Living("chase|pursue ~ avoid|evade"), Living("protect|defend ~ attack|assault"),
        Living("free|liberate ~ capture|seize"), Living("follow|trail ~ lead/led/led/leading|guide"), Living("feed/fed/fed/feeding|nourish ~ starve|famish"),
        Living("comfort|soothe ~ scare|frighten"),
        Thing("buy/bought/bought/buying|purchase ~ sell/sold/sold/selling|auction"), Thing("repair|fix ~ break/broke/broken/breaking|smash"),
        Thing("find/found/found/finding|discover ~ lose/lost/lost/losing|misplace"), Thing("clean|wash ~ stain|soil"),
        Thing("hide/hid/hidden/hiding|conceal ~ show/showed/shown/showing|display"), Thing("lift|raise ~ drop/dropped/dropped/dropping|lower"),
        Thing("steal/stole/stolen/stealing|snatch ~ return|restore"), Thing("carry|transport ~ abandon|leave/left/left/leaving"),
        ActionPair.Parse("cook|prepare ~ burn|char/charred/charred/charring", NounGroup.Food), ActionPair.Parse("eat/ate/eaten/eating|devour ~ refuse|reject", NounGroup.Food),
        ActionPair.Parse("order|request ~ cancel/canceled/canceled/canceling|decline", NounGroup.Food),
        ActionPair.Parse("write/wrote/written/writing|compose ~ erase|delete", NounGroup.Writing), ActionPair.Parse("read/read/read/reading|study ~ skip/skipped/skipped/skipping|overlook", NounGroup.Writing),
        ActionPair.Parse("publish|print ~ withdraw/withdrew/withdrawn/withdrawing|suppress", NounGroup.Writing),
    ];

    public static readonly Term[] Places = Terms(
        "in the forest|in the woods", "on the street|on the road", "at the store|in the shop", "at school|in the classroom", "at home|in the house",
        "in the city|in town", "on the beach|by the sea", "in the hospital|at the clinic", "in the office|at work", "in the garden|in the yard",
        "at the airport|in the terminal", "on the farm|at the ranch", "in the bar|at the pub", "near the river|by the stream", "on the mountain|on the hill",
        "at the theater|in the playhouse", "in the church|at the chapel", "under the bridge|below the overpass");

    public static readonly Moment[] Moments =
    [
        Moment("yesterday|one day ago", Tense.Past), Moment("last week|seven days ago", Tense.Past), Moment("last month|four weeks ago", Tense.Past),
        Moment("last year|twelve months ago", Tense.Past), Moment("once|some time ago", Tense.Past), Moment("recently|lately", Tense.Past),
        Moment("now|at the moment", Tense.Present), Moment("today|on this day", Tense.Present),
        Moment("tomorrow|in one day", Tense.Future), Moment("next week|in seven days", Tense.Future), Moment("next year|in twelve months", Tense.Future), Moment("soon|before long", Tense.Future),
    ];

    /// <summary>The kinds of people and animals; those of things are <see cref="Qualities"/>.</summary>
    public static readonly Term[] Characters = Terms(
        "old|elderly", "young|youthful", "happy|cheerful", "sad|gloomy", "tired|weary", "angry|furious", "brave|fearless", "quiet|silent", "thin|skinny", "clever|smart");

    public static readonly Term[] Qualities = Terms("big|large", "small|little", "expensive|costly", "cheap|inexpensive", "beautiful|lovely", "ugly|hideous", "strange|odd", "famous|renowned");

    /// <summary>More than one.</summary>
    public static readonly Term[] Counts = Terms("two|a pair of", "three|a trio of", "several|a few", "many|a lot of");

    public static Noun[] Of(NounGroup group) => group switch
    {
        NounGroup.Person => People,
        NounGroup.Animal => Animals,
        NounGroup.Object => Objects,
        NounGroup.Food => Foods,
        _ => Writings,
    };

    /// <summary>All nouns that are drawn.</summary>
    public static IEnumerable<Noun> AllNouns => [.. People, .. Animals, .. Objects, .. Foods, .. Writings];

    public static Term[] KindsOf(Noun noun) => noun.Group is NounGroup.Person or NounGroup.Animal ? Characters : Qualities;

    /// <summary>What a noun can do: people any action, animals those done to the living.</summary>
    public static ActionPair[] ActionsOf(Noun noun) => noun.Group switch
    {
        NounGroup.Person => Actions,
        NounGroup.Animal => Array.FindAll(Actions, action => action.Patients.Contains(NounGroup.Animal)),
        _ => [],
    };

    private static ActionPair Living(string verbs) => ActionPair.Parse(verbs, NounGroup.Person, NounGroup.Animal);

    private static ActionPair Thing(string verbs) => ActionPair.Parse(verbs, NounGroup.Object);

    private static Noun[] Nouns(NounGroup group, params string[] texts) => [.. texts.Select(text => Noun.Parse(text, group))];

    private static Term[] Terms(params string[] texts) => [.. texts.Select(Term.Parse)];

    private static Moment Moment(string words, Tense tense) => new(Term.Parse(words), tense);
}
