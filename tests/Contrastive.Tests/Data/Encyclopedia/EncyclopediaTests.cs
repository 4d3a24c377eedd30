using Contrastive.Data;
using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class EncyclopediaTests(ITestOutputHelper output)
{
    private static readonly Encyclopedia World = Encyclopedia.Generate(400, seed: 1);

    [Fact]
    public void Has_four_passages_and_thirteen_questions_for_each_entry()
    {
        Assert.Equal("Encyclopedia: 1,600 passages; 4,000 questions to train, 400 to develop and 800 to test on", World.ToString());
        Assert.Equal(400, World.Passages.Select(passage => passage.Title).Distinct().Count());
        Assert.All(World.Passages.CountBy(passage => passage.Title), count => Assert.Equal(4, count.Value));
        Assert.Equal(1600, World.Passages.Select(passage => passage.Id).Distinct().Count());
        Assert.Equal(1600, World.Passages.Select(passage => passage.Text).Distinct().Count());
        Assert.Equal(5200, All(World).Select(question => question.Id).Distinct().Count());
        var one = Encyclopedia.Generate(1, seed: 5);
        Assert.Equal((4, 10, 1, 2), (one.Passages.Count, one.Training.Count, one.Development.Count, one.Test.Count));
    }

    [Fact]
    public void Depends_on_the_seed_and_the_position_alone()
    {
        var again = Encyclopedia.Generate(400, seed: 1);
        Assert.Equal(World.Passages, again.Passages);
        Assert.Equal(Lines(All(World)), Lines(All(again)));
        var fewer = Encyclopedia.Generate(37, seed: 1);
        Assert.Equal(World.Passages.Take(4 * 37), fewer.Passages);
        Assert.Equal(Lines(World.Training.Take(10 * 37)), Lines(fewer.Training));
        Assert.Equal(Lines(World.Development.Take(37)), Lines(fewer.Development));
        Assert.Equal(Lines(World.Test.Take(2 * 37)), Lines(fewer.Test));
        var other = Encyclopedia.Generate(400, seed: 2);
        Assert.Empty(World.Passages.Select(passage => passage.Text).Intersect(other.Passages.Select(passage => passage.Text)));
    }

    [Fact]
    public void Writes_the_same_text_on_every_machine()
    {
        Assert.Equal(
            "varden-bridge-1: Varden Bridge is a gloomy bridge among the woods, famous for its gems. A clerk in Ostzun has collected all that was ever said about it. It shares its name with the town of Varden. Children are told about it before they can read. The beginnings are well documented. To everybody's surprise, it was planned by Leo Jorzuez. The blocks were hewn near South Ralzuminster.",
            $"{World.Passages[0].Id}: {World.Passages[0].Text}");
        Assert.Equal(
            [
                "Same: Who restored the Varden bridge? Frida Belgaberg",
                "Synonyms: Near which village is the treasure of the Varden crossing hidden? West Gordewick",
                "Same: Who funded the painter Varden? Elsa Quinmiquist",
                "Paraphrase: When did people mourn the passing of the artist Varden? 25 September 1367",
                "Same: Near which village were the blocks hewn for the Varden theater? East Pelzudale",
                "Description: Who repaired the somber playhouse in the valleys that is known for its puppets? Emil Yarmielli",
            ],
            World.Test.Take(6).Select(question => $"{question.Wording}: {question.Text} {question.Answers[0]}"));
    }

    [Fact]
    public void Half_of_the_questions_use_the_passages_words_and_the_others_are_worded_otherwise_in_equal_parts()
    {
        foreach (var questions in new[] { World.Training, World.Development, World.Test })
        {
            var counts = questions.CountBy(question => question.Wording).ToDictionary();
            Assert.Equal(questions.Count / 2, counts[QuestionWording.Same]);
            Assert.All(counts.Where(count => count.Key != QuestionWording.Same), count => Assert.InRange(count.Value, questions.Count / 6 - 1, questions.Count / 6 + 1));
            Assert.Equal(4, counts.Count);
        }
    }

    [Fact]
    public void Asks_for_no_fact_of_the_training_questions_again_but_for_each_relation()
    {
        static (string, string) Fact(EncyclopediaQuestion question) => (question.PassageId, question.Relation);
        var (training, development, test) = (World.Training.Select(Fact).ToHashSet(), World.Development.Select(Fact).ToHashSet(), World.Test.Select(Fact).ToHashSet());
        Assert.Equal((2000, 400, 800), (training.Count, development.Count, test.Count));
        Assert.Equal(3200, training.Concat(development).Concat(test).Distinct().Count());
        Assert.Empty(World.Training.Select(question => question.Text).Intersect(World.Test.Select(question => question.Text)));
        Assert.Equal(World.Training.Select(question => question.Relation).Distinct().Order(), World.Test.Select(question => question.Relation).Distinct().Order());
        Assert.InRange(World.Training.Select(question => question.Relation).Distinct().Count(), 40, 60);
        // Nearly no word of a test question is new, names included.
        var known = World.Training.SelectMany(question => Reading.Words(question.Text)).ToHashSet();
        Assert.InRange(World.Test.SelectMany(question => Reading.Words(question.Text)).Average(word => known.Contains(word) ? 1 : 0), 0.999, 1);
    }

    [Fact]
    public void Every_answer_is_in_the_gold_passage_and_in_no_other_about_the_same_entry()
    {
        var passages = World.Passages.ToDictionary(passage => passage.Id);
        foreach (var question in All(World))
        {
            var gold = passages[question.PassageId];
            Assert.Equal(
                World.Passages.Where(passage => passage.Title == gold.Title && passage != gold).Select(passage => passage.Id), question.DistractorIds);
            var answer = Assert.Single(question.Answers);
            var matcher = new AnswerMatcher([answer]);
            Assert.True(Reading.Holds(gold.Contents, answer) && matcher.OccursIn(gold.Contents), question.ToString());
            Assert.All(question.DistractorIds, id => Assert.False(matcher.OccursIn(passages[id].Contents), question.ToString()));
            Assert.False(matcher.OccursIn(question.Text), question.ToString());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_a_hundred_answers_few_are_in_a_wrong_passage_as_well(long seed)
    {
        var world = Encyclopedia.Generate(400, seed);
        var texts = world.Passages.Select(passage => (passage.Id, Text: Reading.Spaced(passage.Contents))).ToArray();
        var wrong = world.Test.Where(question => Reading.Spaced(question.Answers[0]) is var answer
            && texts.Any(passage => passage.Id != question.PassageId && passage.Text.Contains(answer, StringComparison.Ordinal))).ToArray();
        output.WriteLine($"seed {seed}: {wrong.Length} of {world.Test.Count}: {string.Join(", ", wrong.Select(question => question.Answers[0]))}");
        Assert.InRange(wrong.Length, 0, 0.02 * world.Test.Count); // measured: 0.4 to 1.0 %
    }

    [Fact]
    public void A_passage_says_nothing_twice()
    {
        foreach (var passage in World.Passages)
        {
            foreach (var opening in Asides.Openings.Select(opening => opening.Split('%')[0]).Where(opening => opening.Length > 0))
                Assert.InRange(passage.Text.Split(opening, StringSplitOptions.None).Length + passage.Text.Split(SlotText.Capitalized(opening)).Length - 2, 0, 1);
            var sentences = passage.Text.Split(". ");
            Assert.Equal(sentences.Length, sentences.Distinct().Count());
        }
    }

    [Fact]
    public void Becomes_a_set_with_one_relevant_passage_for_each_question()
    {
        var set = World.ToRetrievalSet(World.Test);
        Assert.Equal("Encyclopedia: 1,600 passages, 800 queries, 800 judgments", set.ToString());
        Assert.Equal(World.Test.Select(question => (question.Id, question.Text, question.Answers[0])), set.Queries.Select(query => (query.Id, query.Text, query.Answers[0])));
        Assert.All(World.Test, question => Assert.Equal([KeyValuePair.Create(question.PassageId, 1)], set.Relevance[question.Id]));
        Assert.Equal("Encyclopedia, test: 1,600 passages, 800 queries, 800 judgments", RetrievalData.Load("encyclopedia").ToString());
        Assert.Equal("Encyclopedia, dev: 1,600 passages, 400 queries, 400 judgments", RetrievalData.Load("encyclopedia", "dev").ToString());
        BadInput.Refused("There is no split 'all' of encyclopedia; it has three: train, dev, test.", () => RetrievalData.Load("encyclopedia", "all"));
        BadInput.Refused("There is no question", () => World.ToRetrievalSet([]));
        BadInput.Refused("occurs twice", () => World.ToRetrievalSet([World.Test[0], World.Test[0]]));
    }

    [Fact]
    public void Refuses_to_write_about_nothing_or_about_more_than_descriptions_tell_apart()
    {
        BadInput.Refused("entries is 0; expected 1 to 27600: descriptions tell no more apart.", () => Encyclopedia.Generate(0, 1));
        BadInput.Refused("entries is 27601", () => Encyclopedia.Generate(27_601, 1));
    }

    private static IEnumerable<EncyclopediaQuestion> All(Encyclopedia world) => [.. world.Training, .. world.Development, .. world.Test];

    private static IEnumerable<string> Lines(IEnumerable<EncyclopediaQuestion> questions) =>
        questions.Select(question => $"{question with { Answers = [], DistractorIds = [] }} {string.Join('|', question.Answers)} {string.Join('|', question.DistractorIds)}");
}
