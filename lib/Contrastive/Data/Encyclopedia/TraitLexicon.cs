namespace Contrastive.Data;

/// <summary>What describes an entry: its quality, where it is or comes from, and what it is known for. Everything can be said in two
/// ways that share no content word.</summary>
internal static class TraitLexicon
{
    public static readonly Term[] Regions = Terms(
        "in the mountains|among the high peaks", "on the coast|by the seashore", "in the desert|amid the dry sands", "in the forest|among the woods",
        "in the marshes|between the swamps", "on the steppe|amid the grasslands", "on the islands|among the isles", "in the valleys|between the glens",
        "near the border|by the frontier", "among the vineyards|in the wine country", "near the lakes|by the meres", "in the capital|at the royal seat");

    public static readonly TraitGroup Places = new(
        Terms("old|ancient", "large|big", "small|little", "beautiful|lovely", "strange|odd", "noisy|loud", "gloomy|somber", "colorful|motley",
            "chilly|cold", "dirty|filthy", "quiet|peaceful", "popular|beloved"),
        Terms("clocks|timepieces", "bells|chimes", "lanterns|lamps", "statues|sculptures", "songs|tunes", "ghosts|phantoms",
            "flags|banners", "puppets|marionettes", "masks|disguises", "jewels|gems", "candles|tapers", "pottery|ceramics",
            "storms|tempests", "thieves|burglars", "pigeons|doves", "banquets|feasts"));

    public static readonly TraitGroup Living = new(
        Terms("gentle|mild", "clever|smart", "stubborn|obstinate", "shy|timid", "cheerful|merry", "lazy|idle", "proud|haughty", "curious|inquisitive",
            "thin|skinny", "tall|towering", "solitary|lonely", "rude|impolite"),
        Terms("courage|bravery", "patience|forbearance", "loyalty|faithfulness", "appetite|gluttony", "temper|tantrums", "kindness|benevolence",
            "speed|swiftness", "eyesight|keen eyes", "memory|powers of recall", "luck|good fortune", "elegance|grace", "tricks|pranks",
            "jealousy|envy", "honesty|sincerity", "greed|avarice", "voice|singing"));

    public static readonly TraitGroup Goods = new(
        Terms("popular|beloved", "strange|odd", "simple|plain", "expensive|costly", "cheap|inexpensive", "rare|uncommon", "old|ancient", "ugly|hideous",
            "foreign|exotic", "beautiful|lovely", "holy|sacred", "dark|black"),
        Terms("part in weddings|role in marriages", "part in funerals|role in burials", "part in banquets|role in feasts",
            "part in battles|role in combats", "part in voyages|role in journeys", "part in elections|role in ballots",
            "part in hunts|role in chases", "part in trials|role in lawsuits", "part in races|role in contests",
            "part in parades|role in processions", "part in dances|role in balls", "part in auctions|role in sales",
            "part in holidays|role in vacations", "part in quarrels|role in disputes", "part in prayers|role in devotions",
            "part in farewells|role in goodbyes"));

    public static readonly Term Known = new("known", "famous");

    private static Term[] Terms(params string[] texts) => [.. texts.Select(Term.Parse)];
}

/// <summary>The qualities of entries of some kinds, and what they are known for.</summary>
internal sealed record TraitGroup(Term[] Qualities, Term[] Features)
{
    /// <summary>How many descriptions there are: as many entries of one kind can be told apart.</summary>
    public int Count => Qualities.Length * TraitLexicon.Regions.Length * Features.Length;

    /// <summary>One of the descriptions.</summary>
    public Description At(int index) => new(
        Qualities[index % Qualities.Length], TraitLexicon.Regions[index / Qualities.Length % TraitLexicon.Regions.Length], Features[index / Qualities.Length / TraitLexicon.Regions.Length]);
}

/// <summary>What, together with its kind, fits one entry only.</summary>
internal sealed record Description(Term Quality, Term Region, Term Feature);
