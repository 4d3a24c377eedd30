using Contrastive.Data;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class SentenceTransferTasksTests
{
    private static readonly IReadOnlyList<TransferTask> Tasks = SentenceWorld.Transfer(train: 1200, test: 600, seed: 1);

    [Fact]
    public void Tests_on_sentences_that_the_classifier_is_not_fitted_on()
    {
        Assert.Equal(
            ["Tense: 1,200 + 600 examples, 3 classes", "Negation: 1,200 + 600 examples, 2 classes", "Action by its other verb: 1,200 + 600 examples, 48 classes", "Who acts: 1,200 + 600 examples, 2 classes"],
            Tasks.Select(task => task.ToString()));
        Assert.All(Tasks, task => Assert.Equal(1800, task.Train.Concat(task.Test).Select(example => example.First).Distinct().Count()));
        Assert.All(Tasks, task => Assert.All(task.Train.Concat(task.Test), example => Assert.True(example.Second is null && example.Label >= 0 && example.Label < task.ClassNames.Count)));
        Assert.Equal(Tasks[0].Train, SentenceWorld.Transfer(1200, 600, seed: 1)[0].Train);
        Assert.Throws<ArgumentOutOfRangeException>(() => SentenceWorld.Transfer(0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SentenceWorld.Transfer(1, 0, 1));
    }

    [Fact]
    public void Tense_is_told_by_the_verb_alone()
    {
        Assert.Equal(["Past", "Present", "Future"], Tasks[0].ClassNames);
        var progressive = WorldLexicon.Actions.SelectMany(action => new[] { action.Action.First, action.Action.Second, action.Opposite.First, action.Opposite.Second })
            .Select(verb => verb.Progressive).ToHashSet();
        Assert.All(Tasks[0].Train, example =>
        {
            Assert.DoesNotMatch(@"\b(yesterday|ago|last|lately|recently|now|today|moment|tomorrow|next|soon|before)\b", example.First);
            var words = Words(example.First);
            Assert.Equal(example.Label == 2, words.Any(word => word is "will" or "won't"));
            Assert.Equal(example.Label == 1, words.Any(word => progressive.Contains(word) || word == "being"));
        });
        Assert.All(Tasks[0].Train.CountBy(example => example.Label), count => Assert.InRange(count.Value, 390, 410));
    }

    [Fact]
    public void Negation_is_told_by_not()
    {
        Assert.All(Tasks[1].Test, example => Assert.Equal(example.Label == 1, Words(example.First).Any(word => word == "not" || word.EndsWith("n't", StringComparison.Ordinal))));
        Assert.InRange(Tasks[1].Test.Count(example => example.Label == 1), 290, 310);
    }

    [Fact]
    public void An_action_is_fitted_on_one_verb_and_tested_on_the_other()
    {
        var task = Tasks[2];
        Assert.Equal(["help", "ignore", "greet", "insult"], task.ClassNames.Take(4));
        static bool Says(LabeledText example, Verb verb) => Words(example.First).Any(word => word == verb.Base || word == verb.Past || word == verb.Participle || word == verb.Progressive);
        (Verb First, Verb Second) Verbs(LabeledText example) => example.Label % 2 == 0
            ? WorldLexicon.Actions[example.Label / 2].Action : WorldLexicon.Actions[example.Label / 2].Opposite;
        Assert.All(task.Train.Concat(task.Test), example => Assert.NotEqual(Says(example, Verbs(example).First), Says(example, Verbs(example).Second)));
        foreach (var group in task.Train.GroupBy(example => example.Label))
        {
            var isFirst = group.Select(example => Says(example, Verbs(example).First)).Distinct().Single();
            Assert.All(task.Test.Where(example => example.Label == group.Key), example => Assert.Equal(!isFirst, Says(example, Verbs(example).First)));
        }
    }

    [Fact]
    public void Who_acts_on_whom_is_told_by_order_and_voice_only()
    {
        static bool Mentions(LabeledText example, Noun[] nouns) => nouns.Any(noun =>
            new[] { noun.Singular.First, noun.Singular.Second, noun.Plural.First, noun.Plural.Second }.Any(Words(example.First).Contains));
        Assert.All(Tasks[3].Train, example => Assert.True(Mentions(example, WorldLexicon.People) && Mentions(example, WorldLexicon.Animals), example.First));
        foreach (var example in Tasks[3].Train.Where(example => example.Label == 0))
        {
            var words = Words(example.First);
            var (person, animal) = (Place(words, WorldLexicon.People), Place(words, WorldLexicon.Animals));
            var isPassive = words.AsSpan()[Math.Min(person, animal)..Math.Max(person, animal)].Contains("by");
            Assert.Equal(isPassive, animal < person);
        }
    }

    private static int Place(string[] words, Noun[] nouns) => Array.FindIndex(words, word => nouns.Any(noun =>
        word == noun.Singular.First || word == noun.Singular.Second || word == noun.Plural.First || word == noun.Plural.Second));

    private static string[] Words(string sentence) => sentence.ToLowerInvariant().Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries);
}
