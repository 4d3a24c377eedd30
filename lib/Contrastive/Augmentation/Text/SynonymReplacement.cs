using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>With a given probability, replaces each word that has synonyms with one of them (Wei and Zou 2019, "EDA"), keeping its
/// punctuation and initial capital.</summary>
public sealed class SynonymReplacement : ITextAugmentation
{
    private readonly double _probability;
    private readonly SynonymLexicon _lexicon;

    /// <summary>Sets how often to replace, and with what.</summary>
    /// <param name="probability">For each word that has synonyms, in [0, 1]. <value>The default is 0.1, the paper's.</value></param>
    /// <param name="lexicon">The synonyms; a small one for demonstrations by default, <see cref="SynonymLexicon.Small"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not in [0, 1].</exception>
    public SynonymReplacement(double probability = 0.1, SynonymLexicon? lexicon = null) =>
        (_probability, _lexicon) = (Require.Probability(probability), lexicon ?? SynonymLexicon.Small);

    /// <inheritdoc/>
    public string Apply(string text, Generator generator)
    {
        var random = generator.NextRandom();
        return Words.Join(Words.Of(text).Select(word => Replace(word, random)));
    }

    private string Replace(string word, Random random)
    {
        var (before, core, after) = Words.Peel(word);
        var synonyms = _lexicon.Of(core);
        return synonyms.Count > 0 && random.NextDouble() < _probability
            ? before + Words.CaseAs(core, synonyms[random.Next(synonyms.Count)]) + after
            : word;
    }
}
