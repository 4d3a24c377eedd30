namespace Contrastive.Data;

/// <summary>The sets that a search can be measured on, by name.</summary>
public static class RetrievalData
{
    /// <summary>The named sets that <see cref="Load"/> knows, besides <c>beir:PATH</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["encyclopedia", "squad-dev", "nfcorpus"];

    /// <summary>
    /// Loads a set. "encyclopedia" is generated (see <see cref="Encyclopedia"/>): 400 entries, 1,600 passages. "squad-dev" and "nfcorpus" are real, from the catalog's files in the data folder: SQuAD's questions with their
    /// paragraphs as passages (see <see cref="SquadFile.Load(string)"/>), and BEIR's NFCorpus. <c>beir:PATH</c> is any other set in BEIR's
    /// form, in a folder or zip (see <see cref="BeirSet"/>).
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

    private static RetrievalSet OfCatalog(string name, DataFolder? folder, Func<CatalogEntry, string, RetrievalSet> load)
    {
        var entry = Catalog.Find(name);
        return load(entry, (folder ?? DataFolder.Default).Require(entry, entry.Files[0]));
    }
}
