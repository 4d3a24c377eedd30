using Contrastive.Retrieval;
using Contrastive.Sampling;
using Xunit;

namespace Contrastive.Tests.Sampling;

public sealed class HardNegativeMiningOracleTests
{
    public static TheoryData<int, MiningOptions> Options => new()
    {
        { 1, new MiningOptions() },
        { 2, new MiningOptions { Count = 3, FirstRank = 3, LastRank = 9 } },
        { 3, new MiningOptions { Count = 4, MinimumScore = -1, MaximumScore = 1.5 } },
        { 4, new MiningOptions { Count = 2, LastRank = 12, Margin = 0.25 } },
        { 5, new MiningOptions { Count = 2, Margin = 0 } },
        { 6, new MiningOptions { Count = 5, RelativeMargin = 0.3 } },
        { 7, new MiningOptions { Count = 3, FirstRank = 2, LastRank = 15, Margin = 0.1, RelativeMargin = 0.2, MinimumScore = -2 } },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void Takes_what_the_rules_leave_over_written_as_loops(int seed, MiningOptions options)
    {
        var random = new Random(seed);
        string[] words = ["ant", "bee", "cat", "dog", "elk"];
        // Few words, so that passages share texts and hold answers.
        var passages = Enumerable.Range(0, 30).Select(i => new Passage($"p{i}", random.Next(2) == 0 ? "" : "T", $"{words[random.Next(5)]} {words[random.Next(5)]}, {random.Next(3)}"))
            .ToDictionary(passage => passage.Id);
        MiningQuestion[] questions = [.. Enumerable.Range(0, 60).Select(i => new MiningQuestion(
            $"question {i}", [.. Enumerable.Range(0, 1 + random.Next(2)).Select(_ => $"p{random.Next(30)}")], random.Next(2) == 0 ? [] : [words[random.Next(5)].ToUpperInvariant()]))];
        // Scores in quarters from −3 to 3: many ties, and negative ones.
        var results = questions.Select(_ => passages.Keys.OrderBy(_ => random.Next()).Take(random.Next(31))
            .Select(id => new RankedItem(id, random.Next(-12, 13) / 4f)).OrderByDescending(item => item.Score).ToArray()).ToArray();

        var mined = HardNegativeMining.Mine(new FixedRetriever(results), questions, passages, options);

        Assert.Equal(questions.Length, mined.Questions.Count);
        var negatives = 0;
        for (var q = 0; q < questions.Length; q++)
        {
            var (expected, rank) = Oracle(questions[q], results[q], passages, options);
            negatives += expected.Count;
            Assert.Equal(expected, mined.Questions[q].Negatives);
            Assert.Equal(rank, mined.Questions[q].PositiveRank);
            Assert.Equal(rank is null ? null : results[q][rank.Value - 1].Score, mined.Questions[q].PositiveScore);
            var counts = mined.Questions[q].Candidates;
            Assert.Equal(Math.Max(0, Math.Min(results[q].Length, options.LastRank) - options.FirstRank + 1), counts.Found);
            Assert.Equal(counts.Found, counts.Positives + counts.SameText + counts.HoldAnAnswer + counts.OutOfBounds + counts.TooNear + counts.Repeated + counts.Fit);
        }

        Assert.Equal(negatives, mined.Count);
        Assert.InRange(mined.QuestionsWithNone, 1, 59); // the cases are of both kinds
        Assert.Equal(60, mined.QuestionsWithAll + mined.QuestionsWithFewer + mined.QuestionsWithNone);
    }

    private static (List<RankedItem> Negatives, int? PositiveRank) Oracle(MiningQuestion question, RankedItem[] found, Dictionary<string, Passage> passages, MiningOptions options)
    {
        int? positiveRank = null;
        for (var rank = 1; rank <= Math.Min(found.Length, options.LastRank) && positiveRank is null; rank++)
            positiveRank = question.PositiveIds.Contains(found[rank - 1].Id) ? rank : null;
        var negatives = new List<RankedItem>();
        for (var rank = options.FirstRank; rank <= Math.Min(found.Length, options.LastRank) && negatives.Count < options.Count; rank++)
        {
            var (id, score) = found[rank - 1];
            var fits = true;
            foreach (var positive in question.PositiveIds)
                fits &= id != positive && (passages[id].Title, passages[id].Text) != (passages[positive].Title, passages[positive].Text);
            foreach (var answer in question.Answers)
                fits &= !passages[id].Text.Split(' ', ',').Contains(answer.ToLowerInvariant());
            foreach (var better in negatives)
                fits &= (passages[id].Title, passages[id].Text) != (passages[better.Id].Title, passages[better.Id].Text);
            fits &= options.MinimumScore is null || score >= options.MinimumScore;
            fits &= options.MaximumScore is null || score <= options.MaximumScore;
            if (options.Margin is not null || options.RelativeMargin is not null)
            {
                fits &= positiveRank is not null;
                var best = positiveRank is null ? 0 : (double)found[positiveRank.Value - 1].Score;
                fits &= score <= best - (options.Margin ?? 0) - ((options.RelativeMargin ?? 0) * Math.Abs(best));
            }

            if (fits)
                negatives.Add(found[rank - 1]);
        }

        return (negatives, positiveRank);
    }
}

/// <summary>Finds what it was given for each question, as much as it is asked for.</summary>
internal sealed class FixedRetriever(params RankedItem[][] results) : IRetriever
{
    public int Calls { get; private set; }

    public IReadOnlyList<string> Asked { get; private set; } = [];

    public int TopK { get; private set; }

    public IReadOnlyList<IReadOnlyList<RankedItem>> Search(IReadOnlyList<string> queries, int topK)
    {
        (Calls, Asked, TopK) = (Calls + 1, queries, topK);
        return [.. results.Select(items => items.Take(topK).ToArray())];
    }
}
