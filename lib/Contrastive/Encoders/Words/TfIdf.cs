namespace Contrastive.Encoders;

/// <summary>
/// Sentences as counts of their words, rare words counting more: the baseline that needs no training. Weights are those of scikit-learn's
/// <c>TfidfVectorizer</c> with its defaults (smooth idf):
/// <code>weight(word, sentence) = count · (ln((1 + n) / (1 + df)) + 1)</code>
/// with n sentences in the corpus, df of which contain the word. A word missing from the corpus has df = 0, whereas scikit-learn drops
/// it: a shared rare word then still counts, which makes the baseline stronger. Vectors are sparse: nothing of the vocabulary's size is
/// allocated for a sentence.
/// </summary>
public sealed class TfIdf
{
    private readonly Dictionary<string, int> _frequency;
    private readonly int _sentences;

    private TfIdf(Dictionary<string, int> frequency, int sentences) => (_frequency, _sentences) = (frequency, sentences);

    /// <summary>The number of distinct words in the corpus.</summary>
    public int VocabularySize => _frequency.Count;

    /// <summary>Counts in how many sentences each word occurs.</summary>
    /// <param name="corpus">At least one sentence: what an encoder would be trained on, not what it is tested on.</param>
    /// <exception cref="ArgumentException">There is no sentence.</exception>
    public static TfIdf Fit(IReadOnlyList<string> corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        if (corpus.Count == 0)
            throw new ArgumentException("There is no sentence to count words in.", nameof(corpus));
        var frequency = corpus.SelectMany(sentence => WordTokens.Of(sentence).Distinct()).CountBy(word => word, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        return new TfIdf(frequency, corpus.Count);
    }

    /// <summary>The cosine similarity of two sentences' weights, in [0, 1]; 0 where a sentence has no word.</summary>
    /// <param name="first">A sentence.</param>
    /// <param name="second">Another sentence.</param>
    public double Similarity(string first, string second)
    {
        var (a, b) = (Encode(first), Encode(second));
        var norms = Math.Sqrt(a.Values.Sum(weight => weight * weight) * b.Values.Sum(weight => weight * weight));
        return norms > 0 ? a.Sum(entry => entry.Value * b.GetValueOrDefault(entry.Key)) / norms : 0;
    }

    /// <summary>The weight of each word of a sentence; all other words have weight zero. Not normalized.</summary>
    /// <param name="sentence">A sentence.</param>
    public IReadOnlyDictionary<string, double> Encode(string sentence) =>
        WordTokens.Of(sentence).CountBy(word => word, StringComparer.Ordinal).ToDictionary(entry => entry.Key, entry => entry.Value * InverseFrequency(entry.Key), StringComparer.Ordinal);

    private double InverseFrequency(string word) => Math.Log((1.0 + _sentences) / (1 + _frequency.GetValueOrDefault(word))) + 1;
}
