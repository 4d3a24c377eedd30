using System.Globalization;
using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>Names made of syllables. Entries' own words, villages, family names and creatures end differently, so that none is another's.</summary>
internal static class InventedNames
{
    private static readonly string[] Beginnings =
    [
        "Kar", "Tol", "Bel", "Mor", "Fen", "Gal", "Hol", "Jor", "Lan", "Mer", "Nor", "Ost", "Pel", "Quin", "Ral", "Sel", "Tar", "Ulm", "Var", "Wen",
        "Yar", "Zel", "Bran", "Cal", "Dor", "Eld", "Fal", "Gor", "Hel", "Ist", "Kel", "Lor", "Mal", "Nel", "Orm", "Per",
    ];

    private static readonly string[] Middles = ["ba", "de", "di", "fo", "ga", "ke", "li", "ma", "mi", "no", "pa", "ra", "se", "ti", "vo", "zu"];

    private static readonly string[] RootEndings = ["n", "ra", "s", "th", "lin", "mar", "na", "ris", "von", "da", "los", "ken", "tha", "rin", "mos", "vel"];

    private static readonly string[] VillageSides = ["Upper", "Lower", "Great", "Nether", "North", "South", "East", "West"];

    private static readonly string[] VillageEndings = ["wick", "stead", "ford", "ham", "thorpe", "bury", "dale", "combe", "leigh", "minster"];

    private static readonly string[] FamilyEndings = ["son", "sky", "ez", "elli", "quist", "ovic", "berg", "well"];

    private static readonly string[] CreatureEndings = ["gor", "bash", "grub", "mok", "drak", "thunk", "zog", "nash", "rok", "bog", "gruk", "mung", "dur", "vash", "krag", "zul"];

    private static readonly string[] Men = ["Odo", "Bruno", "Casper", "Dario", "Emil", "Felix", "Gustav", "Hugo", "Igor", "Jonas", "Klaus", "Leo", "Milan", "Nils", "Oscar", "Pavel"];

    private static readonly string[] Women = ["Ada", "Berta", "Clara", "Dora", "Elsa", "Frida", "Greta", "Hilda", "Ines", "Julia", "Karla", "Lena", "Mira", "Nora", "Olga", "Paula"];

    private static readonly string[] FoodQualities = ["red", "blue", "green", "white", "yellow", "brown", "purple", "golden", "gray", "pink", "sour", "salted", "dried", "pickled", "roasted", "wild"];

    private static readonly string[] Foods =
    [
        "plums", "turnips", "lentils", "walnuts", "chestnuts", "radishes", "cherries", "mushrooms", "onions", "carrots", "apricots", "figs",
        "olives", "beans", "peppers", "cabbages", "leeks", "dates", "almonds", "melons", "pears", "raisins", "oats", "beets",
    ];

    private static readonly string[] WoodQualities = ["red", "white", "brown", "golden", "gray", "pink", "purple", "yellow", "silver", "summer", "river", "winter"];

    private static readonly string[] Woods = ["cedar", "maple", "spruce", "walnut", "ebony", "cherry", "birch", "willow", "cypress", "larch", "beech", "chestnut"];

    private static readonly string[] Months = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[..12];

    public static int RootCount => Beginnings.Length * Middles.Length * RootEndings.Length;

    /// <summary>The own word of entries, distinct for distinct numbers below <see cref="RootCount"/>.</summary>
    public static string Root(int number) =>
        Beginnings[number % Beginnings.Length] + Middles[number / Beginnings.Length % Middles.Length] + RootEndings[number / Beginnings.Length / Middles.Length];

    /// <summary>A first name of a man or a woman. Those with <paramref name="half"/> 0 and 1 have none in common.</summary>
    public static string First(bool isMan, int half, ref SplitMix64 random) => (isMan ? Men : Women)[2 * random.Below(Men.Length / 2) + half];

    public static string Answer(AnswerKind kind, ref SplitMix64 random) => kind switch
    {
        AnswerKind.Person => $"{First(random.Below(2) == 0, random.Below(2), ref random)} {Name(FamilyEndings, ref random)}",
        AnswerKind.Village => $"{Pick(VillageSides, ref random)} {Name(VillageEndings, ref random)}",
        AnswerKind.Creature => Name(CreatureEndings, ref random),
        AnswerKind.Day => $"{1 + random.Below(28)} {Pick(Months, ref random)} {1201 + random.Below(790)}",
        AnswerKind.Number => (1001 + random.Below(98_999)).ToString("N0", CultureInfo.InvariantCulture),
        AnswerKind.Food => Pair(FoodQualities, Foods, ref random),
        _ => Pair(WoodQualities, Woods, ref random),
    };

    private static string Name(string[] endings, ref SplitMix64 random) => Pick(Beginnings, ref random) + Pick(Middles, ref random) + Pick(endings, ref random);

    /// <summary>Two different things of two different qualities.</summary>
    private static string Pair(string[] qualities, string[] things, ref SplitMix64 random)
    {
        var (quality, thing) = (random.Below(qualities.Length), random.Below(things.Length));
        var otherQuality = (quality + 1 + random.Below(qualities.Length - 1)) % qualities.Length;
        var otherThing = (thing + 1 + random.Below(things.Length - 1)) % things.Length;
        return $"{qualities[quality]} {things[thing]} and {qualities[otherQuality]} {things[otherThing]}";
    }

    private static string Pick(string[] from, ref SplitMix64 random) => from[random.Below(from.Length)];
}
