using Contrastive.Retrieval;
using Contrastive.Torch;
using static System.FormattableString;

namespace Contrastive.Data;

/// <summary>The articles of a SQuAD set dealt out to three parts.</summary>
internal static class SquadSplits
{
    /// <summary>The articles in an order that the seed gives: the first 60 % to train, the next 10 % to develop, the others to test on.</summary>
    /// <exception cref="InvalidDataException">A part would have no question.</exception>
    public static RetrievalSplits Of(RetrievalSet all, long seed)
    {
        string[] articles = [.. all.Passages.Select(passage => Article(passage.Id)).Distinct()];
        if (articles.Length < 3)
            throw new InvalidDataException($"{all.Name}: it has {Counted.Of(articles.Length, "article")}; expected at least 3, to train, develop and test on.");
        var parts = Parts(articles, seed);
        var (questions, repeated) = RepeatedQuestions.LeftOut(all.Queries.ToLookup(query => parts[Article(all.Relevance[query.Id].Keys.First())]));
        return new RetrievalSplits
        {
            Name = all.Name,
            Training = Part(RetrievalPart.Training, "train", [.. all.Passages.Where(passage => parts[Article(passage.Id)] == RetrievalPart.Training)]),
            Development = Part(RetrievalPart.Development, "dev", all.Passages),
            Test = Part(RetrievalPart.Test, "test", all.Passages),
            Notes = [.. all.Notes, Dealt(), .. repeated],
        };

        RetrievalSet Part(RetrievalPart part, string name, IReadOnlyList<Passage> passages) => questions[part].Count == 0
            ? throw new InvalidDataException(Invariant($"{all.Name}: with seed {seed} the part {name} has no question; give another seed."))
            : new RetrievalSet
            {
                Name = $"{all.Name}, {name}",
                Passages = passages,
                Queries = questions[part],
                Relevance = questions[part].ToDictionary(query => query.Id, query => all.Relevance[query.Id], StringComparer.Ordinal),
            };

        string Dealt()
        {
            var count = parts.CountBy(article => article.Value).ToDictionary();
            return Invariant($"Of {articles.Length:N0} articles {count[RetrievalPart.Training]:N0} are to train, {count[RetrievalPart.Development]:N0} to develop and {count[RetrievalPart.Test]:N0} to test on (seed {seed}).");
        }
    }

    private static Dictionary<string, RetrievalPart> Parts(string[] articles, long seed)
    {
        var random = new SplitMix64(seed, 0);
        string[] order = [.. articles];
        for (var last = order.Length - 1; last > 0; last--)
        {
            var other = random.Below(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }

        var develop = Math.Max(1, (int)Math.Round(0.1 * order.Length));
        var train = Math.Clamp((int)Math.Round(0.6 * order.Length), 1, order.Length - develop - 1);
        return order.Index().ToDictionary(
            article => article.Item,
            article => article.Index < train ? RetrievalPart.Training : article.Index < train + develop ? RetrievalPart.Development : RetrievalPart.Test,
            StringComparer.Ordinal);
    }

    /// <summary>A passage is called by its article and its place in it; no two articles have one name.</summary>
    private static string Article(string passage) => passage[..passage.LastIndexOf('-')];
}
