namespace Contrastive.Data;

/// <summary>The sets that a search can be measured on, by name.</summary>
public static class RetrievalData
{
    /// <summary>The named sets that <see cref="Load"/> and <see cref="LoadSplits"/> know, besides those of one's own.</summary>
    public static IReadOnlyList<string> Names { get; } = ["encyclopedia", "squad-dev", "nfcorpus"];

    /// <summary>
    /// Loads a set. "encyclopedia" is generated (see <see cref="Encyclopedia"/>): 400 entries, 1,600 passages.
    /// "squad-dev" and "nfcorpus" are real, from the catalog's files in the data folder: SQuAD's questions with their paragraphs as passages (see <see cref="SquadFile.Load(string)"/>), and BEIR's NFCorpus. <c>beir:PATH</c> is any other set in BEIR's
    /// form, in a folder or zip (see <see cref="BeirSet"/>). <c>dpr:FOLDER</c> has parts, which <see cref="LoadSplits"/> loads.
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>, or <c>beir:PATH</c>.</param>
    /// <param name="split">Which judgments of a BEIR set, or which questions of the encyclopedia (train, dev or test): test if null. SQuAD's
    /// dev set has one split, and null takes it.</param>
    /// <param name="folder">The data folder; <see cref="DataFolder.Default"/> if null.</param>
    /// <exception cref="ArgumentException">The name is unknown, or the set has no such split; the message says which there are.</exception>
    /// <exception cref="FileNotFoundException">The files are not in the data folder, and the message says how to get them; or there is no
    /// complete set at the path.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or a line of it is wrong, and the message says which.</exception>
    public static RetrievalSet Load(string name, string? split = null, DataFolder? folder = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name switch
        {
            "encyclopedia" => OfEncyclopedia(split ?? "test"),
            "squad-dev" => OneSplit(name, split, "dev", () => OfCatalog(name, folder, (entry, path) => SquadFile.Load(path) with { Name = entry.Title })),
            "nfcorpus" => OfCatalog(name, folder, (entry, path) => BeirSet.Load(path, split ?? "test") with { Name = $"{entry.Title}, {split ?? "test"}" }),
            _ when OwnData.Path(name, OwnData.Beir) is { } own => BeirSet.Load(own, split ?? "test"),
            _ => throw new ArgumentException($"There is no retrieval data '{name}'. There are: {string.Join(", ", Names)}, and beir:PATH.", nameof(name)),
        };
    }

    /// <summary>
    /// Loads a set with its parts to train, develop and test on.
    /// <para>"encyclopedia" is generated from the seed (see <see cref="Encyclopedia"/>); all parts share all passages, and a query's
    /// <see cref="Query.Kind"/> is its wording.</para>
    /// <para>"squad-dev" is SQuAD's dev set split by article: of the articles in an order that the seed gives, the first 60 % are to train, the next
    /// 10 % to develop, the others to test on. To develop and to test one searches the whole corpus, as DPR searches all of Wikipedia.
    /// The training passages are those of the training articles only: negatives are mined in them, and a passage of a test article would
    /// never be a positive but always a negative, which the encoder would learn. A question that a later part asks as well is left out.</para>
    /// <para>"nfcorpus" and <c>beir:PATH</c>, a set in BEIR's form (see <see cref="BeirSet"/>), have the parts of their judgments train, dev and test;
    /// all share all passages.</para>
    /// <para><c>dpr:FOLDER</c> is DPR's own data (see <see cref="DprFile"/>), compressed with gzip or not, one file each in the folder, told by their
    /// names: <c>*train*.json</c> and <c>*dev*.json</c> (or <c>.jsonl</c>), <c>*.tsv</c> with the passages, <c>*test*.csv</c> with questions and answers;
    /// so <c>biencoder-nq-train.json</c>, <c>biencoder-nq-dev.json</c>, <c>psgs_w100.tsv</c> and <c>nq-test.qa.csv</c> are taken as they are. A
    /// question's passages are found in the corpus by <c>passage_id</c>, or else by title and text; relevant are its positives, in the
    /// file's order, each with grade 1. Questions without a positive in the corpus are left out and counted in
    /// <see cref="RetrievalSplits.Notes"/>; <see cref="RetrievalSplits.HardNegatives"/> has the file's <c>hard_negative_ctxs</c>; its <c>negative_ctxs</c> are not
    /// used. A query is called by its part and its place in the file, from 0: <c>train-0</c>. The test questions are not judged: they have no entry in
    /// <see cref="RetrievalSet.Relevance"/>, and are measured by their answers (<c>TopKAccuracy.OfAnswers</c>). All is held in memory; the
    /// 21 million passages of Wikipedia take tens of gigabytes, so take a part of them.</para>
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>, <c>beir:PATH</c> or <c>dpr:FOLDER</c>.</param>
    /// <param name="seed">Which encyclopedia, or which articles of SQuAD are in which part; published parts take none.
    /// <value>The default is 1.</value></param>
    /// <param name="entries">The entries of the encyclopedia, 1 to <see cref="Encyclopedia.MostEntries"/>; other sets take none.
    /// <value>The default is 400.</value></param>
    /// <param name="folder">The data folder; <see cref="DataFolder.Default"/> if null.</param>
    /// <exception cref="ArgumentException">The name is unknown, or a set in BEIR's form has no judgments of one of the parts; the message says
    /// which there are.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="entries"/> is out of its range.</exception>
    /// <exception cref="FileNotFoundException">The files are not in the data folder, and the message says how to get them; or a file at the
    /// path is missing or there are several, and the message lists them.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or a line of it is wrong, and the message says which; or no question of DPR's
    /// has a positive in the corpus.</exception>
    public static RetrievalSplits LoadSplits(string name, long seed = 1, int entries = 400, DataFolder? folder = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name switch
        {
            "encyclopedia" => Splits(Encyclopedia.Generate(entries, seed)),
            "squad-dev" => SquadSplits.Of(Load(name, folder: folder), seed),
            "nfcorpus" => OfCatalog(name, folder, (entry, path) => Splits(path, entry.Title)),
            _ when OwnData.Path(name, OwnData.Beir) is { } own => Splits(own, BeirSet.SetName(own)),
            _ when OwnData.Path(name, OwnData.Dpr) is { } own => DprSplits.Load(own),
            _ => throw new ArgumentException($"There is no retrieval data '{name}'. There are: {string.Join(", ", Names)}, beir:PATH and dpr:FOLDER.", nameof(name)),
        };
    }

    private static RetrievalSplits Splits(Encyclopedia encyclopedia)
    {
        return new RetrievalSplits
        {
            Name = "Encyclopedia",
            Training = Part(encyclopedia.Training, "train"),
            Development = Part(encyclopedia.Development, "dev"),
            Test = Part(encyclopedia.Test, "test"),
        };

        RetrievalSet Part(IReadOnlyList<EncyclopediaQuestion> questions, string part) => encyclopedia.ToRetrievalSet(questions) with { Name = $"Encyclopedia, {part}" };
    }

    private static RetrievalSplits Splits(string path, string name)
    {
        string[] parts = ["train", "dev", "test"];
        var there = BeirSet.Splits(path);
        if (parts.Except(there).ToList() is { Count: > 0 } missing)
        {
            throw new ArgumentException(
                $"'{path}' has no judgments of {string.Join(", ", missing)}; expected qrels/SPLIT.tsv for train, dev and test. There are: {string.Join(", ", there)}.", nameof(name));
        }

        RetrievalSet[] sets = [.. BeirSet.Load(path, parts, UnpackLimits.Default).Zip(parts, (set, part) => set with { Name = $"{name}, {part}" })];
        return new RetrievalSplits
        {
            Name = name,
            Training = sets[0],
            Development = sets[1],
            Test = sets[2],
            Notes = [.. RepeatedQuestions.Note(sets[0], sets[1], sets[2])],
        };
    }

    private static RetrievalSet OfEncyclopedia(string split)
    {
        var encyclopedia = Encyclopedia.Generate(entries: 400, seed: 1);
        var questions = split switch
        {
            "train" => encyclopedia.Training,
            "dev" => encyclopedia.Development,
            "test" => encyclopedia.Test,
            _ => throw new ArgumentException($"There is no split '{split}' of encyclopedia; it has three: train, dev, test.", nameof(split)),
        };
        var set = encyclopedia.ToRetrievalSet(questions);
        return set with { Name = $"{set.Name}, {split}" };
    }

    private static RetrievalSet OneSplit(string name, string? split, string only, Func<RetrievalSet> load) => split is null || split == only
        ? load()
        : throw new ArgumentException($"There is no split '{split}' of {name}; it has one: {only}.", nameof(split));

    private static T OfCatalog<T>(string name, DataFolder? folder, Func<CatalogEntry, string, T> load)
    {
        var entry = Catalog.Find(name);
        return load(entry, (folder ?? DataFolder.Default).Require(entry, entry.Files[0]));
    }
}
