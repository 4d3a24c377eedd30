using System.Globalization;
using Contrastive.Torch;
using static System.FormattableString;

namespace Contrastive.Data;

/// <summary>DPR's files as a set in three parts.</summary>
internal static class DprSplits
{
    /// <exception cref="FileNotFoundException">A file is missing, or there are several.</exception>
    /// <exception cref="InvalidDataException">A file is wrong, or no question of it has a positive in the corpus.</exception>
    public static RetrievalSplits Load(string path)
    {
        var folder = new DprFolder(path);
        var corpus = new DprCorpus(folder.Passages);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        var (training, hardNegatives) = Judged(folder.Training, corpus, $"{name}, train", "train");
        var (development, _) = Judged(folder.Development, corpus, $"{name}, dev", "dev");
        var test = Asked(folder.Test, corpus, $"{name}, test");
        return new RetrievalSplits
        {
            Name = name,
            Training = training,
            Development = development,
            Test = test,
            HardNegatives = hardNegatives,
            Notes = [.. training.Notes, .. development.Notes, .. Differing(corpus), .. RepeatedQuestions.Note(training, development, test)],
        };
    }

    private static (RetrievalSet Set, Dictionary<string, IReadOnlyList<string>> HardNegatives) Judged(string path, DprCorpus corpus, string name, string prefix)
    {
        var queries = new List<Query>();
        var relevance = new Dictionary<string, IReadOnlyDictionary<string, int>>(StringComparer.Ordinal);
        var hardNegatives = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var (count, lostPositives, lostNegatives, right) = (0, 0, 0, 0);
        foreach (var question in DprFile.Read(path))
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{count++}");
            var positives = Found(question.Positives, corpus, out var lost);
            if (positives.Count == 0)
                continue;
            var negatives = Found(question.HardNegatives, corpus, out var lostHere);
            right += negatives.RemoveAll(positives.Contains);
            (lostPositives, lostNegatives) = (lostPositives + lost, lostNegatives + lostHere);
            queries.Add(new Query(id, question.Question) { Answers = question.Answers });
            relevance.Add(id, new OrderedDictionary<string, int>(positives.Select(passage => KeyValuePair.Create(passage, 1)), StringComparer.Ordinal));
            hardNegatives.Add(id, negatives);
        }

        if (queries.Count == 0)
            throw new InvalidDataException($"{path}: {(count == 0 ? "it holds no question" : $"none of its {Counted.Of(count, "question")} has a positive in the corpus, by passage_id or by title and text; are the passages the ones that it was made from?")}");
        return (new RetrievalSet { Name = name, Passages = corpus.Passages, Queries = queries, Relevance = relevance, Notes = [.. Notes()] }, hardNegatives);

        IEnumerable<string> Notes()
        {
            var file = Path.GetFileName(path);
            if (count - queries.Count is var lost and > 0)
                yield return Invariant($"{file}: questions without a positive in the corpus: {lost:N0} of {count:N0}; they are left out.");
            if (lostPositives > 0)
                yield return Invariant($"{file}: further positives that the corpus lacks: {lostPositives:N0}; they are left out.");
            if (lostNegatives > 0)
                yield return Invariant($"{file}: hard negatives that the corpus lacks: {lostNegatives:N0}; they are left out.");
            if (right > 0)
                yield return Invariant($"{file}: hard negatives that are positives of the same question: {right:N0}; they are left out.");
        }
    }

    private static RetrievalSet Asked(string path, DprCorpus corpus, string name)
    {
        List<Query> queries = [.. DprFile.ReadQuestions(path).Select(query => query with { Id = $"test-{query.Id}" })];
        return queries.Count == 0
            ? throw new InvalidDataException($"{path}: it holds no question.")
            : new RetrievalSet
            {
                Name = name,
                Passages = corpus.Passages,
                Queries = queries,
                Relevance = new Dictionary<string, IReadOnlyDictionary<string, int>>(StringComparer.Ordinal),
            };
    }

    private static IEnumerable<string> Differing(DprCorpus corpus)
    {
        if (corpus.Differing > 0)
            yield return Invariant($"Passages of questions whose passage_id names one of another title or text in the corpus: {corpus.Differing:N0}; the passage_id counts.");
    }

    /// <summary>The ids of the passages that the corpus has, each once, in their order.</summary>
    private static List<string> Found(IReadOnlyList<DprPassage> passages, DprCorpus corpus, out int lost)
    {
        string[] found = [.. passages.Select(corpus.Find).OfType<string>()];
        lost = passages.Count - found.Length;
        return [.. found.Distinct(StringComparer.Ordinal)];
    }
}
