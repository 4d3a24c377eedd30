using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>
/// The seven tasks that sentence embeddings are evaluated on: STS 2012 to 2016, the STS benchmark and SICK-R (SentEval; Conneau and Kiela
/// 2018), from one archive that is read without being unpacked.
/// </summary>
public sealed class StsArchive
{
    private static readonly (int Year, string[] Subsets)[] Years =
    [
        (12, ["MSRpar", "MSRvid", "SMTeuroparl", "surprise.OnWN", "surprise.SMTnews"]),
        (13, ["FNWN", "headlines", "OnWN"]),
        (14, ["deft-forum", "deft-news", "headlines", "images", "OnWN", "tweet-news"]),
        (15, ["answers-forums", "answers-students", "belief", "headlines", "images"]),
        (16, ["answer-answer", "headlines", "plagiarism", "postediting", "question-question"]),
    ];

    private static readonly string[] Relations = ["ENTAILMENT", "NEUTRAL", "CONTRADICTION"];

    private readonly FileTree _files;
    private readonly StsText _text;

    private StsArchive(FileTree files, StsText text) => (_files, _text) = (files, text);

    /// <summary>Opens the archive.</summary>
    /// <param name="path">The archive <c>sts-all.tar.gz</c>, or the folder that it was unpacked to.</param>
    /// <param name="text">In which form STS is read. SICK is available in its original form only. <value>The default is SentEval's, on
    /// which published figures are measured; for 99 % of the sentences, an uncased word-piece tokenizer yields the same tokens from
    /// both.</value></param>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public static StsArchive Open(string path, StsText text = StsText.SentEval) => new(FileTree.Open(path), text);

    /// <summary>The STS benchmark (Cer et al. 2017): 5,749 pairs for training, 1,500 for development, 1,379 for testing.</summary>
    /// <param name="split">Which part.</param>
    /// <exception cref="InvalidDataException">A file is missing or a line is wrong; the message says which.</exception>
    public IReadOnlyList<ScoredPair> Benchmark(TextSplit split)
    {
        var folder = _text == StsText.SentEval ? "senteval/STSBenchmark" : "stsbenchmark";
        var part = split switch { TextSplit.Train => "train", TextSplit.Development => "dev", _ => "test" };
        return [.. Lines($"{folder}/sts-{part}.csv").Select(line =>
        {
            var columns = line.Columns(atLeast: 7); // genre, file, year, number, score, sentences; some rows end with a source
            return new ScoredPair(line.Sentence(columns[5]), line.Sentence(columns[6]), line.Score(columns[4], 0, 5));
        })];
    }

    /// <summary>The relatedness pairs of SICK (Marelli et al. 2014), 1 to 5: 4,500, 500 and 4,927 pairs.</summary>
    /// <param name="split">Which part.</param>
    /// <exception cref="InvalidDataException">A file is missing or a line is wrong; the message says which.</exception>
    public IReadOnlyList<ScoredPair> Sick(TextSplit split) =>
        [.. SickLines(split).Select(row => new ScoredPair(row.Columns[1], row.Columns[2], row.Line.Score(row.Columns[3], 1, 5)))];

    /// <summary>The entailment labels of the same pairs, SentEval's SICK-E: fitted on the 4,500, tested on the 4,927.</summary>
    /// <exception cref="InvalidDataException">A file is missing or a line is wrong; the message says which.</exception>
    public TransferTask SickEntailment()
    {
        IReadOnlyList<LabeledText> Part(TextSplit split) =>
            [.. SickLines(split).Select(row => new LabeledText(row.Columns[1], row.Columns[2], row.Line.Label(row.Columns[4], Relations)))];
        return new TransferTask("SICK-E", Snli.Relations, Part(TextSplit.Train), Part(TextSplit.Test));
    }

    /// <summary>One year of STS, its subsets in turn; pairs that were not rated are left out, as in SentEval.</summary>
    /// <param name="year">12 to 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such year.</exception>
    /// <exception cref="InvalidDataException">A file is missing or a line is wrong; the message says which.</exception>
    public SimilarityTask Year(int year)
    {
        var subsets = Years.FirstOrDefault(candidate => candidate.Year == year).Subsets
            ?? throw Require.OutOfRange(nameof(year), year, "12 to 16, the years of STS");
        return new SimilarityTask($"STS{year}", [.. subsets.SelectMany(subset => Subset(year, subset))]);
    }

    /// <summary>The seven tasks in the order of the papers' tables: STS12 to STS16, STS-B (test), SICK-R (test).</summary>
    /// <exception cref="InvalidDataException">A file is missing or a line is wrong; the message says which.</exception>
    public IReadOnlyList<SimilarityTask> Tasks() =>
    [
        .. Years.Select(entry => Year(entry.Year)),
        new SimilarityTask("STS-B", Benchmark(TextSplit.Test)),
        new SimilarityTask("SICK-R", Sick(TextSplit.Test)),
    ];

    private IEnumerable<ScoredPair> Subset(int year, string subset)
    {
        var (folder, prefix) = _text == StsText.SentEval ? ("senteval", "STS") : ("raw", year == 16 ? "STS2016" : "STS");
        var pairs = Lines($"{folder}/STS{year}-en-test/{prefix}.input.{subset}.txt");
        var scores = Lines($"{folder}/STS{year}-en-test/{prefix}.gs.{subset}.txt");
        if (pairs.Count != scores.Count)
            throw new InvalidDataException($"{scores[0].File} has {scores.Count} lines, {pairs[0].File} {pairs.Count}: they do not belong together.");
        for (var i = 0; i < pairs.Count; i++)
        {
            if (scores[i].Text.Length == 0)
                continue;
            var columns = pairs[i].Columns(atLeast: 2); // in the 2016 original, the sources follow
            yield return new ScoredPair(pairs[i].Sentence(columns[0]), pairs[i].Sentence(columns[1]), scores[i].Score(scores[i].Text, 0, 5));
        }
    }

    private IEnumerable<(TextLine Line, string[] Columns)> SickLines(TextSplit split)
    {
        var part = split switch { TextSplit.Train => "train", TextSplit.Development => "trial", _ => "test_annotated" };
        foreach (var line in Lines($"SICK/SICK_{part}.txt").Skip(1))
        {
            var columns = line.Columns(atLeast: 5); // number, sentences, relatedness, entailment
            _ = (line.Sentence(columns[1]), line.Sentence(columns[2]));
            yield return (line, columns);
        }
    }

    private List<TextLine> Lines(string name)
    {
        if (!_files.Paths.Contains(name))
            throw new InvalidDataException($"{_files.Source} has no '{name}'.");
        var lines = TextLines.Of($"{_files.Source}: {name}", _files.Read(name));
        return lines.Count > 0 ? lines : throw new InvalidDataException($"{_files.Source}: {name} is empty.");
    }
}

/// <summary>The form in which the sentences of STS are read.</summary>
public enum StsText
{
    /// <summary>SentEval's: tokenized by Moses and lowercased. Published figures, SimCSE's among them, are measured on it.</summary>
    SentEval,

    /// <summary>As the organizers published it, for cased models and other kinds of tokenizers.</summary>
    Original,
}

/// <summary>A data set's official splits.</summary>
public enum TextSplit
{
    /// <summary>For training.</summary>
    Train,

    /// <summary>For choosing settings and checkpoints.</summary>
    Development,

    /// <summary>For the reported figures.</summary>
    Test,
}
