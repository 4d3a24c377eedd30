using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>The texts that a lesson can be run on, by name.</summary>
public static class TextData
{
    /// <summary>The names that <see cref="Load"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["sentence-world", "sentences"];

    /// <summary>
    /// Loads texts. "sentence-world" is generated (see <see cref="SentenceWorld"/>): no sentence of its scored pairs or of a transfer
    /// task's test part is trained on. "sentences" is real: the catalog's sentences, sts and nli in the data folder. Its sentences are
    /// drawn from the corpus's eight sources in turn, its triplets come from SNLI and SICK, its scored pairs from the STS benchmark, its
    /// tasks are the papers' seven; STS is read in SentEval's form (see <see cref="StsText"/>).
    /// Sentences that occur in a scored pair are left out of the training sentences, and triplets that hold a scored pair (119 of them,
    /// mostly from SICK, whose splits share pairs) out of the triplets.
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="sentences">The maximum number of training sentences. <value>The default is all real ones or 20,000 generated
    /// ones.</value></param>
    /// <param name="triplets">The maximum number of triplets. <value>The default is all real ones or 5,000 generated ones.</value></param>
    /// <param name="pairs">The maximum number of pairs in each of <see cref="TextSet.Development"/> and <see cref="TextSet.Test"/>; the
    /// papers' seven tasks are always complete. <value>The default is all real ones or 1,500 generated ones.</value></param>
    /// <param name="seed">Which part of real data, if not all is used; which generated sentences. <value>The default is 0.</value></param>
    /// <param name="folder">The data folder; <see cref="DataFolder.Default"/> if null.</param>
    /// <exception cref="ArgumentException">The name is unknown, or a number is below 1.</exception>
    /// <exception cref="FileNotFoundException">The files are not in the data folder; the message says how to get them.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or a line of it is wrong; the message says which.</exception>
    public static TextSet Load(string name, int? sentences = null, int? triplets = null, int? pairs = null, long seed = 0, DataFolder? folder = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Require.AtLeast(sentences ?? 1, 1, "null takes all", nameof(sentences));
        Require.AtLeast(triplets ?? 1, 1, "null takes all", nameof(triplets));
        Require.AtLeast(pairs ?? 1, 1, "null takes all", nameof(pairs));
        return name switch
        {
            "sentence-world" => GeneratedSentences.Load(sentences ?? 20_000, triplets ?? 5_000, pairs ?? 1_500, seed),
            "sentences" => RealSentences.Load(folder ?? DataFolder.Default, sentences, triplets, pairs, seed),
            _ => throw new ArgumentException($"There is no text data '{name}'. There are: {string.Join(", ", Names)}.", nameof(name)),
        };
    }
}
