using Contrastive.Retrieval;
using Contrastive.Sampling;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Sampling;

public sealed class HardNegativeMiningTests
{
    private static readonly Dictionary<string, Passage> Passages = new[]
    {
        new Passage("gold", "Bees", "They fly."), new Passage("copy", "Bees", "They fly."), new Passage("a", "", "Wolves run."), new Passage("b", "", "Elks swim."),
        new Passage("c", "They run", "Ants crawl."), new Passage("again", "", "Wolves run."), new Passage("d", "", "Cats purr."),
    }.ToDictionary(passage => passage.Id);

    private static readonly MiningQuestion Question = new("who flies?", ["gold"], ["they"]);

    private static RankedItem[] Ranked(params (string Id, float Score)[] items) => [.. items.Select(item => new RankedItem(item.Id, item.Score))];

    private static MinedQuestion Mine(RankedItem[] found, MiningOptions? options = null, MiningQuestion? question = null) =>
        HardNegativeMining.Mine(new FixedRetriever(found), [question ?? Question], Passages, options).Questions.Single();

    private static IEnumerable<string> Ids(MinedQuestion mined) => mined.Negatives.Select(item => item.Id);

    [Fact]
    public void Searches_once_for_all_questions_and_only_the_ranks_considered()
    {
        var retriever = new FixedRetriever(Ranked(("a", 1)), Ranked(("b", 1)));
        var mined = HardNegativeMining.Mine(retriever, [Question, Question with { Text = "and who swims?" }], Passages, new MiningOptions { LastRank = 7 });
        Assert.Equal((1, 7), (retriever.Calls, retriever.TopK));
        Assert.Equal(["who flies?", "and who swims?"], retriever.Asked);
        Assert.Equal(["a", "b"], mined.Questions.SelectMany(Ids));
    }

    [Fact]
    public void Leaves_out_positives_their_copies_answers_and_repeated_texts_and_counts_them()
    {
        var mined = Mine(Ranked(("copy", 9), ("gold", 8), ("a", 7), ("b", 6), ("again", 5), ("a", 5), ("c", 4), ("d", 3)), new MiningOptions { Count = 9 }, Question with { Answers = ["CATS", "xyz"] });
        Assert.Equal(Ranked(("a", 7), ("b", 6), ("c", 4)), mined.Negatives);
        Assert.Equal(new CandidateCounts(Found: 8, Positives: 1, SameText: 1, HoldAnAnswer: 1, OutOfBounds: 0, TooNear: 0, Repeated: 2, Fit: 3), mined.Candidates);
        Assert.Equal((2, 8.0), (mined.PositiveRank, mined.PositiveScore));
    }

    [Fact]
    public void An_answer_in_the_title_alone_does_not_count() => Assert.Equal(["c"], Ids(Mine(Ranked(("c", 1)))));

    [Fact]
    public void A_question_may_have_answers_alone_or_positives_alone()
    {
        Assert.Equal(["a"], Ids(Mine(Ranked(("gold", 2), ("a", 1)), question: Question with { PositiveIds = [] })));
        Assert.Equal(["a"], Ids(Mine(Ranked(("gold", 2), ("a", 1)), question: Question with { Answers = [] })));
    }

    [Fact]
    public void Ranks_count_the_positives_and_include_both_ends()
    {
        var found = Ranked(("gold", 9), ("a", 8), ("b", 7), ("c", 6), ("d", 5));
        Assert.Equal(["b", "c"], Ids(Mine(found, new MiningOptions { Count = 9, FirstRank = 3, LastRank = 4 })));
        Assert.Equal(["a"], Ids(Mine(found, new MiningOptions { Count = 9, FirstRank = 2, LastRank = 2 })));
        Assert.Empty(Ids(Mine(found, new MiningOptions { FirstRank = 6, LastRank = 9 })));
        Assert.Equal(1, Mine(found, new MiningOptions { FirstRank = 3 }).PositiveRank); // which is before the first rank considered
    }

    [Fact]
    public void Bounds_of_the_score_include_both_ends() =>
        Assert.Equal(["b", "c"], Ids(Mine(Ranked(("a", 3), ("b", 2), ("c", 1), ("d", 0.5f)), new MiningOptions { Count = 9, MinimumScore = 1, MaximumScore = 2 })));

    [Theory]
    [InlineData(null, null, "abcd")]
    [InlineData(0.0, null, "bcd")] // as high as the positive is allowed, higher is not
    [InlineData(null, 0.0, "bcd")]
    [InlineData(1.0, null, "cd")]
    [InlineData(null, 0.5, "cd")] // −2 − 0.5 · 2: lower than the positive although the scores are negative
    [InlineData(1.0, 0.5, "d")]
    public void Margins_are_subtracted_from_the_positive_also_where_scores_are_negative(double? margin, double? relativeMargin, string expected)
    {
        var found = Ranked(("a", -1), ("gold", -2), ("b", -2), ("c", -3), ("d", -4));
        Assert.Equal(expected.Select(letter => letter.ToString()), Ids(Mine(found, new MiningOptions { Count = 9, Margin = margin, RelativeMargin = relativeMargin })));
    }

    [Fact]
    public void With_a_margin_a_question_whose_positive_is_not_found_gets_none()
    {
        var mined = Mine(Ranked(("a", 2), ("b", 1)), new MiningOptions { Margin = 0 });
        Assert.Empty(mined.Negatives);
        Assert.Equal((null, null, 2), (mined.PositiveRank, mined.PositiveScore, mined.Candidates.TooNear));
        Assert.Equal(["a"], Ids(Mine(Ranked(("a", 2), ("b", 1)))));
    }

    [Fact]
    public void The_best_of_several_positives_is_the_one_compared_with()
    {
        var question = Question with { PositiveIds = ["d", "gold", "gold"] };
        var mined = Mine(Ranked(("a", 5), ("gold", 4), ("b", 3), ("d", 2), ("c", 1)), new MiningOptions { Count = 9, Margin = 1 }, question);
        Assert.Equal(["b", "c"], Ids(mined));
        Assert.Equal((2, 4.0, 2), (mined.PositiveRank, mined.PositiveScore, mined.Candidates.Positives));
    }

    [Fact]
    public void A_search_in_words_mines_what_shares_words_with_the_question()
    {
        Passage[] passages =
        [
            new("1", "Honey bees", "Honey bees dance to tell where the flowers are."), new("2", "Bumblebees", "Bumblebees live in small nests, and visit flowers."),
            new("3", "Flowers", "Many flowers open when bees are awake."), new("4", "Granite", "Granite is a rock."),
        ];
        using var index = Bm25Index.Build(passages);
        var mined = HardNegativeMining.Mine(
            index, [new MiningQuestion("how do bees tell where flowers are?", ["1"], ["dance"]), new MiningQuestion("qwertz?", ["4"], [])],
            passages.ToDictionary(passage => passage.Id), new MiningOptions { Count = 5, RelativeMargin = 0.05 });
        Assert.Equal(["3", "2"], Ids(mined.Questions[0]));
        Assert.Equal(1, mined.Questions[0].PositiveRank);
        Assert.Equal(0, mined.Questions[1].Candidates.Found);
    }

    [Fact]
    public void No_question_is_mined_without_a_search()
    {
        var retriever = new FixedRetriever();
        Assert.Empty(HardNegativeMining.Mine(retriever, [], Passages).Questions);
        Assert.Equal(0, retriever.Calls);
    }

    [Fact]
    public void Bad_questions_are_refused_by_their_place_before_the_search()
    {
        void Refused(string because, MiningQuestion question)
        {
            var retriever = new FixedRetriever([], []);
            BadInput.Refused(because, () => HardNegativeMining.Mine(retriever, [Question, question], Passages));
            Assert.Equal(0, retriever.Calls);
        }

        Refused("questions[1] is null", null!);
        Refused("questions[1].Text is null", Question with { Text = null! });
        Refused("questions[1].PositiveIds is null", Question with { PositiveIds = null! });
        Refused("questions[1].PositiveIds holds null", Question with { PositiveIds = ["gold", null!] });
        Refused("questions[1].Answers is null", Question with { Answers = null! });
        Refused("questions[1].Answers holds null", Question with { Answers = [null!] });
        Refused("questions[1] has neither positives nor answers", new MiningQuestion("?", [], []));
        Refused("questions[1] has the positive 'nobody', which is not among the passages", Question with { PositiveIds = ["gold", "nobody"] });
        BadInput.Refused("retriever", () => HardNegativeMining.Mine(null!, [Question], Passages));
        BadInput.Refused("questions", () => HardNegativeMining.Mine(new FixedRetriever(), null!, Passages));
        BadInput.Refused("passages", () => HardNegativeMining.Mine(new FixedRetriever(), [Question], null!));
    }

    [Fact]
    public void A_search_that_breaks_its_promises_is_refused()
    {
        BadInput.Refused("gave 2 lists; expected 1, one for each question", () => HardNegativeMining.Mine(new FixedRetriever([], []), [Question], Passages));
        BadInput.Refused("The retriever gave null; expected 1", () => HardNegativeMining.Mine(new BrokenRetriever(null!), [Question], Passages));
        BadInput.Refused("Question 0: the retriever gave null; expected a list", () => HardNegativeMining.Mine(new BrokenRetriever([null!]), [Question], Passages));
        BadInput.Refused(
            "Question 0: the retriever gave 3 passages; expected at most 2",
            () => HardNegativeMining.Mine(new BrokenRetriever([Ranked(("a", 1), ("b", 1), ("c", 1))]), [Question], Passages, new MiningOptions { LastRank = 2 }));
        BadInput.Refused("Question 0: 'b' with score 2 comes after 1; expected the best first", () => Mine(Ranked(("a", 1), ("b", 2))));
        BadInput.Refused("Question 0: 'a' has the score NaN", () => Mine(Ranked(("a", float.NaN))));
        BadInput.Refused("Question 0: there is no passage 'x', which was found", () => Mine(Ranked(("x", 1))));
        BadInput.Refused("there is no passage 'null'", () => Mine(Ranked((null!, 1))));
    }

    /// <summary>Gives what it was given, whatever it is asked for.</summary>
    private sealed class BrokenRetriever(IReadOnlyList<IReadOnlyList<RankedItem>> results) : IRetriever
    {
        public IReadOnlyList<IReadOnlyList<RankedItem>> Search(IReadOnlyList<string> queries, int topK) => results;
    }
}
