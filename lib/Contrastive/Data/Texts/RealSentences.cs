namespace Contrastive.Data;

/// <summary>The real texts of <see cref="TextData"/>.</summary>
internal static class RealSentences
{
    /// <summary>For the transfer task on sources: kept out of training.</summary>
    private const int SourceTrain = 1600, SourceTest = 800;

    public static TextSet Load(DataFolder folder, int? sentences, int? triplets, int? pairs, long seed)
    {
        var (corpus, sources) = Files(folder, "sentences", 0, 1);
        var (triplet, _) = Files(folder, "nli", 0, 0);
        var (similarity, _) = Files(folder, "sts", 0, 0);
        var benchmark = StsArchive.Open(similarity);
        var (development, test, tasks) = (benchmark.Benchmark(TextSplit.Development), benchmark.Benchmark(TextSplit.Test), benchmark.Tasks());
        var held = new HeldOutTexts();
        held.Add([.. development, .. test, .. tasks.SelectMany(task => task.Pairs)]);
        var read = SentenceCorpus.Read(corpus, sources);
        var turns = ClassBalance.Order(read.Sources, seed);
        var trained = turns.Skip(SourceTrain + SourceTest).Where(index => !held.Holds(read.Sentences[index])).Take(sentences ?? int.MaxValue);
        return new TextSet
        {
            Name = "Sentences",
            Sentences = [.. trained.Order().Select(index => read.Sentences[index])],
            Triplets = Part([.. NliTriplets.Read(triplet).Where(candidate => !held.Holds(candidate))], triplets, seed),
            Development = Part(development, pairs, seed),
            Test = Part(test, pairs, seed),
            Tasks = tasks,
            Transfer = [benchmark.SickEntailment(), Sources(read, turns[..(SourceTrain + SourceTest)])],
        };
    }

    private static TransferTask Sources(SentenceCorpus corpus, int[] chosen)
    {
        IReadOnlyList<LabeledText> Texts(IEnumerable<int> indices) =>
            [.. indices.Select(index => new LabeledText(corpus.Sentences[index], null, corpus.Sources[index]))];
        return new TransferTask("Source", corpus.SourceNames, Texts(chosen.Take(SourceTrain)), Texts(chosen.Skip(SourceTrain)));
    }

    /// <summary>A random part of that size, in its order; all if there are no more or the count is null.</summary>
    internal static IReadOnlyList<T> Part<T>(IReadOnlyList<T> all, int? count, long seed)
    {
        if (count is not { } wanted || wanted >= all.Count)
            return all;
        return [.. ClassBalance.Order(new int[all.Count], seed).Take(wanted).Order().Select(index => all[index])];
    }

    private static (string First, string Second) Files(DataFolder folder, string name, int first, int second)
    {
        var entry = Catalog.Find(name);
        return (folder.Require(entry, entry.Files[first]), folder.Require(entry, entry.Files[second]));
    }
}
