using Contrastive.Evaluation;
using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Evaluation;

public sealed class TopKAccuracyTests
{
    private static readonly IReadOnlyList<RankedItem>[] Results =
    [
        [new("a", 3), new("b", 2), new("c", 1)],
        [new("c", 1), new("a", 1), new("b", 1)],
        [],
        [new("d", 1)],
    ];

    [Fact]
    public void Equals_hand_computed_values_and_keeps_the_order_of_equal_scores()
    {
        var accuracy = TopKAccuracy.Of(Results, (question, id) => (question, id) is (0, "a") or (0, "c") or (1, "b") or (2, "a") or (3, "a"));
        Assert.Equal([1, 3, null, null], accuracy.Ranks);
        Assert.Equal([new AccuracyAtK(1, 0.25), new(2, 0.25), new(3, 0.5), new(100, 0.5)], accuracy.At(1, 2, 3, 100));
        Assert.Equal([1, 0, 0, 0], accuracy.ScoresAt(2));
    }

    [Fact]
    public void No_passage_is_asked_about_after_the_first_hit()
    {
        var asked = new List<(int, string)>();
        TopKAccuracy.Of(Results, (question, id) =>
        {
            asked.Add((question, id));
            return id == "a";
        });
        Assert.Equal([(0, "a"), (1, "c"), (1, "a"), (3, "d")], asked);
    }

    [Fact]
    public void By_gold_passage_it_is_the_mean_success_and_equals_a_slow_loop()
    {
        var random = new Random(8);
        var documents = Enumerable.Range(0, 30).Select(i => $"d{i:D2}").ToArray();
        var (results, gold) = (new List<IReadOnlyList<RankedItem>>(), new List<IReadOnlyCollection<string>>());
        for (var question = 0; question < 50; question++)
        {
            random.Shuffle(documents);
            results.Add([.. documents.Take(random.Next(0, 25)).Select((id, place) => new RankedItem(id, -place))]);
            gold.Add([.. documents.Where(_ => random.Next(12) == 0)]);
        }

        var accuracy = TopKAccuracy.OfGold(results, gold);
        foreach (var k in new[] { 1, 5, 20, 100 })
        {
            var answered = 0;
            for (var question = 0; question < results.Count; question++)
            {
                var hit = false;
                for (var place = 0; place < k && place < results[question].Count; place++)
                    hit |= gold[question].Contains(results[question][place].Id);
                answered += hit ? 1 : 0;
                if (gold[question].Count > 0)
                    Assert.Equal(RetrievalMeasure.SuccessAt(k).Of(results[question], gold[question].ToDictionary(id => id, _ => 1)), accuracy.ScoresAt(k)[question]);
            }

            Assert.Equal(answered / 50.0, accuracy.At(k), 1e-12);
        }
    }

    [Fact]
    public void By_answer_a_passage_counts_whose_text_holds_one_and_its_title_does_not()
    {
        var passages = new[]
        {
            new Passage("a", "Paris", "A city on the Seine."),
            new Passage("b", "Seine", "It flows through PARIS , and on."),
            new Passage("c", "Party", "A party in Parisian style."),
            new Passage("d", "", "Nothing."),
        }.ToDictionary(passage => passage.Id);
        Assert.Equal([2, 2, null, 1], TopKAccuracy.OfAnswers(Results, [["Lyon", "Paris"], ["seine"], ["Paris"], ["nothing ."]], passages).Ranks);
        Assert.Equal([null, null, null, null], TopKAccuracy.OfAnswers(Results, [[], [" "], ["Paris"], ["art"]], passages).Ranks);
        BadInput.Refused("Question 3: there is no passage 'd'", () => TopKAccuracy.OfAnswers(Results, [[""], [""], [""], [""]], passages.Where(entry => entry.Key != "d").ToDictionary()));
        BadInput.Refused("answers for 1 question and results for 4", () => TopKAccuracy.OfAnswers(Results, [["Paris"]], passages));
        BadInput.Refused("Question 2: its answers are null", () => TopKAccuracy.OfAnswers(Results, [[], [], null!, []], passages));
        BadInput.Refused("Question 1: one of its answers is null", () => TopKAccuracy.OfAnswers(Results, [[], ["a", null!], [], []], passages));
    }

    [Fact]
    public void Bad_input_is_refused_with_the_question()
    {
        BadInput.Refused("no questions", () => TopKAccuracy.Of([], (_, _) => true));
        BadInput.Refused("Question 1: 'b' with score 3 comes after 2", () => TopKAccuracy.Of([[], [new("a", 2), new("b", 3)]], (_, _) => true));
        BadInput.Refused("Question 0: 'a' occurs 2 times", () => TopKAccuracy.Of([[new("a", 2), new("a", 1)]], (_, _) => true));
        BadInput.Refused("Question 0: The score of 'a' is NaN", () => TopKAccuracy.Of([[new("a", float.NaN)]], (_, _) => true));
        BadInput.Refused("1 question and results for 4", () => TopKAccuracy.OfGold(Results, [["a"]]));
        BadInput.Refused("Question 0: its results are null", () => TopKAccuracy.OfGold([null!, []], [["a"], ["b"]]));
        BadInput.Refused("Question 1: its gold passages are null", () => TopKAccuracy.OfGold([[], []], [["a"], null!]));
        BadInput.Refused("Question 1: one of its gold passages is null", () => TopKAccuracy.OfGold([[], []], [["a"], ["b", null!]]));
        BadInput.Refused("k is 0", () => TopKAccuracy.Of(Results, (_, _) => true).At(0));
    }
}
