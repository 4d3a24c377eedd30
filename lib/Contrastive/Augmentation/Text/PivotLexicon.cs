using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>
/// A toy in place of a translator, so that back-translation can be seen offline: a word-by-word dictionary of some forty German words,
/// each with several English ones. Unknown words pass through; grammar and word order are ignored. Not for training: plug a real
/// translator into <see cref="BackTranslation"/>.
/// </summary>
public static class PivotLexicon
{
    private static readonly Dictionary<string, string[]> FromGerman = (
        """
        groß: big large
        klein: small little
        schnell: quick fast quickly rapidly
        langsam: slow slowly
        schön: beautiful pretty lovely
        glücklich: happy glad
        traurig: sad unhappy
        gut: good well fine
        schlecht: bad badly poor
        alt: old aged
        neu: new recent
        Haus: house home building
        Auto: car automobile
        Straße: street road
        Kind: child kid
        Kinder: children kids
        Mann: man guy
        Frau: woman lady
        Hund: dog hound
        Hunde: dogs hounds
        Bild: picture image photo
        Laden: shop store
        Arbeit: work job labor
        spielt: plays
        spielen: play playing
        läuft: runs walks
        rennt: races sprints
        laufen: running walking run walk
        springt: jumps leaps
        sitzt: sits
        kaufen: buy purchase
        gekauft: bought purchased
        beginnen: begin start
        enden: end finish
        sehen: see watch look
        sagen: say tell
        denken: think believe
        mögen: like enjoy
        brauchen: need require
        sehr: very really
        auch: also too
        vielleicht: maybe perhaps
        """).Split('\n').Select(line => line.Split(": ")).ToDictionary(entry => entry[0], entry => entry[1].Split(' '), StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, string> ToGerman = FromGerman
        .SelectMany(entry => entry.Value.Select(english => (english, German: entry.Key)))
        .ToDictionary(pair => pair.english, pair => pair.German, StringComparer.OrdinalIgnoreCase);

    /// <summary>Back-translation with this toy.</summary>
    public static BackTranslation BackTranslation { get; } = new(ToPivot, FromPivot);

    /// <summary>English to "German", word by word.</summary>
    /// <param name="text">English.</param>
    /// <param name="generator">Not used: each English word has only one German translation here.</param>
    /// <exception cref="ArgumentException">The text contains no words.</exception>
    public static string ToPivot(string text, Generator generator) => Translate(text, (core, _) =>
        ToGerman.TryGetValue(core, out var german) ? Words.CaseAs(core, german) : core);

    /// <summary>"German" to English, word by word; where there are several English words, one is drawn uniformly.</summary>
    /// <param name="text">The pivot text.</param>
    /// <param name="generator">The source of randomness.</param>
    /// <exception cref="ArgumentException">The text contains no words.</exception>
    public static string FromPivot(string text, Generator generator)
    {
        var random = generator.NextRandom();
        return Translate(text, (core, isFirst) =>
        {
            if (!FromGerman.TryGetValue(core, out var english))
                return core;
            var word = english[random.Next(english.Length)];
            return isFirst ? Words.CaseAs(core, word) : word; // German nouns are always capitalized
        });
    }

    private static string Translate(string text, Func<string, bool, string> translate) => Words.Join(Words.Of(text).Select((word, i) =>
    {
        var (before, core, after) = Words.Peel(word);
        return before + translate(core, i == 0) + after;
    }));
}
