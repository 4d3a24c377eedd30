using Contrastive.Torch;

namespace Contrastive.Augmentation;

/// <summary>Replaces each word that has synonyms by one of them with a probability (Wei and Zou 2019, "EDA"), keeping its punctuation and
/// capital.</summary>
public sealed class SynonymReplacement : ITextAugmentation
{
    private readonly double _probability;
    private readonly SynonymLexicon _lexicon;

    /// <summary>Sets how often to replace, and by what.</summary>
    /// <param name="probability">Of each word that has synonyms, in [0, 1]. <value>The default is 0.1, the paper's.</value></param>
    /// <param name="lexicon">The synonyms; a small one for demonstrations by default, <see cref="SynonymLexicon.Small"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not in [0, 1].</exception>
    public SynonymReplacement(double probability = 0.1, SynonymLexicon? lexicon = null) =>
        (_probability, _lexicon) = (Require.Probability(probability), lexicon ?? SynonymLexicon.Small);

    /// <inheritdoc/>
    public string Apply(string text, Random random) => Words.Join(Words.Of(text).Select(word => Replace(word, random)));

    private string Replace(string word, Random random)
    {
        var (before, core, after) = Words.Peel(word);
        var synonyms = _lexicon.Of(core);
        return synonyms.Count > 0 && random.NextDouble() < _probability
            ? before + Words.CaseAs(core, synonyms[random.Next(synonyms.Count)]) + after
            : word;
    }
}
