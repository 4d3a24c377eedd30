using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>The texts that a lesson can be run on, by name.</summary>
public static class TextData
{
    /// <summary>The named sets that <see cref="Load"/> knows, besides <c>file:PATH</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["sentence-world", "sentences"];

    /// <summary>
    /// Loads texts. "sentence-world" is generated (see <see cref="SentenceWorld"/>): no sentence of its scored pairs or of a transfer
    /// task's test part is trained on. "sentences" is real: the catalog's sentences, sts and nli in the data folder. Its sentences are
    /// drawn from the corpus's eight sources in turn, its triplets come from SNLI and SICK, its scored pairs from the STS benchmark, its
    /// tasks are the papers' seven; STS is read in SentEval's form (see <see cref="StsText"/>).
    /// Sentences that occur in a scored pair are left out of the training sentences, and triplets that hold a scored pair (119 of them,
    /// mostly from SICK, whose splits share pairs) out of the triplets.
    /// <para>
    /// <c>file:PATH</c> is one's own. A <c>.txt</c> holds a sentence a line; it replaces the training sentences of the sentence world, whose
    /// triplets, scored pairs and tasks remain, since unlabeled sentences bring none. A <c>.csv</c>, <c>.tsv</c> or <c>.jsonl</c> holds a
    /// triplet a line: a sentence, one that means the same, and a hard negative. Two fifths of the sentences that begin a triplet are held
    /// out with their triplets, as pairs for development and for the test: 5 for a positive, 0 for a hard negative. The rest are the
    /// triplets, and their texts the sentences, to train on; there are no transfer tasks. All may be compressed with gzip
    /// (<c>.txt.gz</c>).
    /// </para>
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>, or <c>file:PATH</c>.</param>
    /// <param name="sentences">The maximum number of training sentences. <value>The default is all real ones or 20,000 generated
    /// ones.</value></param>
    /// <param name="triplets">The maximum number of triplets. <value>The default is all real ones or 5,000 generated ones.</value></param>
    /// <param name="pairs">The maximum number of pairs in each of <see cref="TextSet.Development"/> and <see cref="TextSet.Test"/>; the
    /// papers' seven tasks are always complete. <value>The default is all real ones or 1,500 generated ones.</value></param>
    /// <param name="seed">Which part of real data, if not all is used; which generated sentences. <value>The default is 0.</value></param>
    /// <param name="folder">The data folder; <see cref="DataFolder.Default"/> if null.</param>
    /// <exception cref="ArgumentException">The name is unknown, or a number is below 1.</exception>
    /// <exception cref="FileNotFoundException">The files are not in the data folder, and the message says how to get them; or there is no
    /// such file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or a line of it is wrong, and the message says which; a file of one's own
    /// holds too little.</exception>
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
            _ when OwnData.Path(name, OwnData.File) is { } own => OwnTexts.Load(own, sentences, triplets, pairs, seed),
            _ => throw new ArgumentException($"There is no text data '{name}'. There are: {string.Join(", ", Names)}, and file:PATH.", nameof(name)),
        };
    }
}
