namespace Contrastive.Data;

/// <summary>Sentences and pairs used for evaluation, which training must therefore not see. Only letters and digits are compared: the
/// same sentence may be tokenized in one file and not in another.</summary>
internal sealed class HeldOutTexts
{
    private readonly HashSet<string> _sentences = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string)> _pairs = [];

    public void Add(IEnumerable<ScoredPair> pairs)
    {
        foreach (var pair in pairs)
        {
            _sentences.Add(Key(pair.First));
            _sentences.Add(Key(pair.Second));
            _pairs.Add(Keys(pair.First, pair.Second));
        }
    }

    public bool Holds(string sentence) => _sentences.Contains(Key(sentence));

    /// <summary>Whether the pair is held out, in either order. (Its sentences may be held out in other pairs.)</summary>
    public bool Holds(string first, string second) => _pairs.Contains(Keys(first, second));

    /// <summary>Whether one of the triplet's two pairs is held out.</summary>
    public bool Holds(SentenceTriplet triplet) => Holds(triplet.Anchor, triplet.Positive) || Holds(triplet.Anchor, triplet.HardNegative);

    public static (string, string) Keys(string first, string second)
    {
        var (a, b) = (Key(first), Key(second));
        return string.CompareOrdinal(a, b) <= 0 ? (a, b) : (b, a);
    }

    /// <summary>What is compared of a sentence.</summary>
    public static string Key(string sentence) => string.Concat(sentence.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
