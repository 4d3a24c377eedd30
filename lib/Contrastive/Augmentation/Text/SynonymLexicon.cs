namespace Contrastive.Augmentation;

/// <summary>Groups of words that mean about the same.</summary>
public sealed class SynonymLexicon
{
    private readonly Dictionary<string, string[]> _synonyms = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes groups of synonyms; any member of a group can replace any other.</summary>
    /// <param name="groups">At least two different words in each; no word in two groups. Case does not matter.</param>
    /// <exception cref="ArgumentException">A group has fewer than two words, or a word occurs twice.</exception>
    public SynonymLexicon(IEnumerable<IReadOnlyCollection<string>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        foreach (var group in groups)
        {
            if (group.Count < 2)
                throw new ArgumentException($"A group of synonyms holds {group.Count} word(s); expected at least two.", nameof(groups));
            foreach (var word in group)
            {
                string[] others = [.. group.Where(other => !string.Equals(other, word, StringComparison.OrdinalIgnoreCase))];
                if (others.Length != group.Count - 1 || !_synonyms.TryAdd(word, others))
                    throw new ArgumentException($"'{word}' occurs twice; a word belongs to one group.", nameof(groups));
            }
        }
    }

    /// <summary>Some fifty groups of everyday English words, for demonstrations: for real training use a thesaurus.</summary>
    public static SynonymLexicon Small { get; } = new(
        """
        big large
        small little tiny
        quick fast rapid
        slow sluggish
        happy glad joyful
        sad unhappy
        angry furious
        beautiful pretty lovely
        good fine
        bad poor
        great excellent wonderful
        terrible awful dreadful
        old ancient
        new fresh
        smart clever intelligent
        easy simple
        hard difficult tough
        rich wealthy
        cheap inexpensive
        expensive costly
        quiet silent
        loud noisy
        strange odd weird
        important significant
        begin start
        end finish
        buy purchase
        get obtain
        make create
        build construct
        fix repair
        help assist
        show display
        look gaze
        see notice
        say state
        talk speak
        walk stroll
        run sprint
        jump leap
        throw toss
        eat dine
        choose select pick
        need require
        try attempt
        think believe
        like enjoy
        hate detest
        car automobile
        house home
        street road
        child kid
        man gentleman
        woman lady
        dog hound
        picture image photo
        movie film
        job occupation
        shop store
        garbage trash rubbish
        """.Split('\n').Select(line => line.Split(' ')));

    /// <summary>The synonyms of a word, excluding the word itself; empty if the word is unknown.</summary>
    /// <param name="word">In upper or lower case.</param>
    public IReadOnlyList<string> Of(string word) => _synonyms.GetValueOrDefault(word, []);
}
